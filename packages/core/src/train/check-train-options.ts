import { CoreError } from '../errors.js';
import type { TrainOptions } from './train-options.js';

/**
 * Refuses numbers with which training cannot begin.
 *
 * @throws CoreError `bad-option` or `no-rows`.
 */
export function checkTrainOptions({
  dataset,
  epochs,
  batchSize,
  seed = 1,
  trainEvaluation,
}: TrainOptions): void {
  requireInteger('epochs', epochs, 1);
  requireInteger('batchSize', batchSize, 1);
  requireInteger('seed', seed, 0);
  if (typeof trainEvaluation === 'number') requireInteger('trainEvaluation', trainEvaluation, 1);
  if (dataset.sizes.train === 0) {
    throw new CoreError('no-rows', `The dataset ${dataset.name} has no training rows.`);
  }
}

function requireInteger(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new CoreError('bad-option', `${name} must be an integer of at least ${least}, got ${value}.`);
}
