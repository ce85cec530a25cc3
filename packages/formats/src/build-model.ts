import { tensor, tidy } from '@tensorflow/tfjs-core';
import { randomStreams, type InputKind, type Model } from '@wellfit/core';
import { sequentialFrom } from '@wellfit/layers';
import { checkWeights } from './config/collect-weights.js';
import type { SavedModel } from './saved-model.js';

/** Options of {@link buildModel}. */
export interface BuildModelOptions {
  /** What the model will read; a file does not say. Default `dense`. */
  readonly inputKind?: InputKind;
}

/**
 * Builds a model that can predict, be evaluated or trained on, with the saved weights.
 *
 * @returns A model that owns its weights; the caller disposes it.
 * @throws FormatError `wrong-weights`, and what `sequentialFrom` throws for an architecture that does not hold together.
 * @example
 * const model = buildModel(await loadModel('model.keras'));
 */
export function buildModel(saved: SavedModel, { inputKind }: BuildModelOptions = {}): Model {
  checkWeights(saved.config, saved.weights);
  const model = sequentialFrom(saved.config, { random: randomStreams(0), inputKind });
  for (const { name, variable } of model.weights) {
    const { values, shape } = saved.weights.get(name)!;
    tidy(() => variable.assign(tensor(values, [...shape], 'float32')));
  }
  return model;
}
