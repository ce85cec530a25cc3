import type { Dataset, Model } from '@wellfit/core';
import { buildModel, loadModel, type SavedModel } from '@wellfit/formats';
import { CliError } from '../errors.js';
import type { FoundModel } from './find-saved-models.js';

/**
 * Loads a model that is to read a dataset. A model that reads flat rows, as many made elsewhere do, is given images row
 * by row of pixels.
 *
 * @returns The caller disposes it.
 * @throws CliError `bad-option` where the shapes do not fit; FormatError as `loadModel`.
 */
export async function openModel({ path }: FoundModel, dataset: Dataset): Promise<Model> {
  const saved = await loadModel(path);
  const { inputShape } = saved.config;
  if (isFlatTwin(inputShape, dataset.inputShape)) {
    return buildModel(flattened(saved, dataset.inputShape), { inputKind: dataset.inputKind });
  }
  if (inputShape.join() !== dataset.inputShape.join()) {
    throw new CliError(
      'bad-option',
      `The model ${path} reads rows of shape [${inputShape.join(', ')}], and ${dataset.name} has ` +
        `[${dataset.inputShape.join(', ')}]: choose the data it was trained on by --dataset and --set.`,
    );
  }
  return buildModel(saved, { inputKind: dataset.inputKind });
}

/** Whether a shape is flat and has as many values as one that is not. */
function isFlatTwin(flat: readonly number[], shape: readonly number[]): boolean {
  return flat.length === 1 && shape.length > 1 && flat[0] === shape.reduce((size, n) => size * n, 1);
}

function flattened({ config, ...saved }: SavedModel, inputShape: readonly number[]): SavedModel {
  const first = { type: 'Flatten', name: 'flatten_images' } as const;
  return { ...saved, config: { ...config, inputShape: [...inputShape], layers: [first, ...config.layers] } };
}
