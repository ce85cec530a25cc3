import type { Model } from '@wellfit/core';
import { loadModel } from '@wellfit/formats';
import { CliError } from '../errors.js';

/** The value of a trained model that differs most from the saved one. */
export interface WeightDifference {
  /** Name of the tensor, for instance `hidden_1/kernel`. */
  readonly tensor: string;
  /** Place of the value in row-major order. */
  readonly index: number;
  readonly recorded: number;
  readonly replayed: number;
  readonly difference: number;
}

/**
 * Compares a model with the one that its recorded run has saved.
 *
 * @param path The saved model.
 * @returns `null` where all weights are the same, bit for bit but for the kind of NaN.
 * @throws CliError `other-model` where their weights are not of the same names and sizes; FormatError as `loadModel`.
 */
export async function compareWeights(model: Model, path: string): Promise<WeightDifference | null> {
  const { weights } = await loadModel(path);
  let largest: WeightDifference | null = null;
  for (const { name, variable } of model.weights) {
    const before = weights.get(name)?.values;
    const now = variable.dataSync<'float32'>();
    if (before?.length !== now.length) {
      throw new CliError(
        'other-model',
        `The saved model ${path} has no weight ${name} of ${now.length} values.`,
      );
    }
    for (let index = 0; index < now.length; index++) {
      const [recorded, replayed] = [before[index], now[index]];
      if (Object.is(recorded, replayed)) continue;
      // One that is not finite differs without end.
      const difference = Number.isFinite(recorded - replayed) ? Math.abs(recorded - replayed) : Infinity;
      if (largest === null || difference > largest.difference) {
        largest = { tensor: name, index, recorded, replayed, difference };
      }
    }
  }
  return largest;
}
