import type { Model } from '@wellfit/core';
import { CliError } from '../errors.js';
import type { RecordedWeights } from './recorded-weights.js';

/** By how much a weight of the replay is off. */
export interface WeightDifference {
  /** Name of the tensor, for instance `hidden_1/kernel`. */
  readonly tensor: string;
  /** Place of the value that differs most, in row-major order. */
  readonly index: number;
  readonly recorded: number;
  readonly replayed: number;
  /** The absolute difference of that value; infinite where one of the two is not finite. */
  readonly difference: number;
  /** The largest relative difference of the tensor: each value's, divided by the larger of the two magnitudes. */
  readonly relative: number;
}

/**
 * Compares a model with the weights of its recorded run.
 *
 * @returns The weights that differ, in the order of the model; none where all are the same, bit for bit but for the kind of NaN.
 * @throws CliError `other-model` where they are not of the same names and sizes.
 */
export function compareWeights(model: Model, { from, values }: RecordedWeights): WeightDifference[] {
  return model.weights.flatMap(({ name, variable }) => {
    const before = values.get(name);
    const now = variable.dataSync<'float32'>();
    if (before?.length !== now.length) {
      throw new CliError('other-model', `The saved ${from} has no weight ${name} of ${now.length} values.`);
    }
    return largest(name, before, now) ?? [];
  });
}

function largest(
  tensor: string,
  before: ArrayLike<number>,
  now: ArrayLike<number>,
): WeightDifference | undefined {
  let most: Omit<WeightDifference, 'relative'> | undefined;
  let relative = 0;
  for (let index = 0; index < now.length; index++) {
    const [recorded, replayed] = [before[index], now[index]];
    if (Object.is(recorded, replayed)) continue;
    // One that is not finite differs without end.
    const isFinite = Number.isFinite(recorded - replayed);
    const difference = isFinite ? Math.abs(recorded - replayed) : Infinity;
    // Zeros of two signs differ by nothing.
    const size = Math.max(Math.abs(recorded), Math.abs(replayed)) || 1;
    relative = Math.max(relative, isFinite ? difference / size : Infinity);
    if (most === undefined || difference > most.difference) {
      most = { tensor, index, recorded, replayed, difference };
    }
  }
  return most && { ...most, relative };
}
