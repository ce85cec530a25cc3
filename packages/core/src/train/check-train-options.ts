import { CoreError } from '../errors.js';
import type { TrainOptions } from './train-options.js';

/**
 * Refuses numbers with which training cannot begin.
 *
 * @throws CoreError `bad-option`, `no-rows` or `bad-checkpoint`.
 */
export function checkTrainOptions({
  dataset,
  epochs,
  batchSize,
  seed = 1,
  trainEvaluation,
  resume,
}: TrainOptions): void {
  requireInteger('epochs', epochs, 1);
  requireInteger('batchSize', batchSize, 1);
  requireInteger('seed', seed, 0);
  if (typeof trainEvaluation === 'number') requireInteger('trainEvaluation', trainEvaluation, 1);
  if (dataset.sizes.train === 0) {
    throw new CoreError('no-rows', `The dataset ${dataset.name} has no training rows.`);
  }
  if (resume && (resume.seed !== seed || resume.epoch > epochs)) {
    throw new CoreError(
      'bad-checkpoint',
      `The checkpoint is of epoch ${resume.epoch} with seed ${resume.seed}, which is no part of a run of ${epochs} epochs ` +
        `with seed ${seed}: train this run anew.`,
    );
  }
}

function requireInteger(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new CoreError('bad-option', `${name} must be an integer of at least ${least}, got ${value}.`);
}
