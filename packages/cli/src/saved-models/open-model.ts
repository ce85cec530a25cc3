import type { Dataset, Model } from '@wellfit/core';
import { buildModel, loadModel } from '@wellfit/formats';
import { CliError } from '../errors.js';
import type { FoundModel } from './find-saved-models.js';

/**
 * Loads a model that is to read a dataset.
 *
 * @returns The caller disposes it.
 * @throws CliError `bad-option` where the shapes do not fit; FormatError as `loadModel`.
 */
export async function openModel({ path }: FoundModel, dataset: Dataset): Promise<Model> {
  const saved = await loadModel(path);
  const { inputShape } = saved.config;
  const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
  if (inputShape.join() !== dataset.inputShape.join()) {
    throw new CliError(
      'bad-option',
      `The model ${path} reads rows of shape [${inputShape.join(', ')}], and ${dataset.name} has ` +
        `[${dataset.inputShape.join(', ')}]${size(inputShape) === size(dataset.inputShape) ? ' (as many values in another shape)' : ''}: ` +
        `choose the data it was trained on by --dataset and --set.`,
    );
  }
  const model = buildModel(saved, { inputKind: dataset.inputKind });
  return model;
}
