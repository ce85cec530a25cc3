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
  callbacks = [],
}: TrainOptions): void {
  requireInteger('epochs', epochs, 1);
  requireInteger('batchSize', batchSize, 1);
  requireInteger('seed', seed, 0);
  if (typeof trainEvaluation === 'number') requireInteger('trainEvaluation', trainEvaluation, 1);
  if (dataset.sizes.train === 0) {
    throw new CoreError('no-rows', `The dataset ${dataset.name} has no training rows.`);
  }
  checkModelNames(callbacks);
  if (resume && (resume.seed !== seed || resume.epoch > epochs)) {
    throw new CoreError(
      'bad-checkpoint',
      `The checkpoint is of epoch ${resume.epoch} with seed ${resume.seed}, which is no part of a run of ${epochs} epochs ` +
        `with seed ${seed}: train this run anew.`,
    );
  }
}

/** Callbacks that save models under the same names would overwrite each other's. */
function checkModelNames(callbacks: NonNullable<TrainOptions['callbacks']>): void {
  const taken = new Map<string, string>();
  for (const callback of callbacks) {
    const as = 'savesModelsAs' in callback ? callback.savesModelsAs : undefined;
    if (as === undefined) continue;
    const name = callback.name ?? '(without a name)';
    const other = taken.get(as);
    if (other !== undefined) {
      const both = other === name ? `Two callbacks ${name}` : `The callbacks ${other} and ${name}`;
      throw new CoreError(
        'bad-option',
        `${both} would overwrite each other's models, as both save them under the same names: give one a name of its own, ` +
          `for instance checkpoint({ name: 'accuracy', ... }).`,
      );
    }
    taken.set(as, name);
  }
}

function requireInteger(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new CoreError('bad-option', `${name} must be an integer of at least ${least}, got ${value}.`);
}
