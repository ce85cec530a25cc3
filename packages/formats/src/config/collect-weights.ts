import type { SequentialConfig } from '@wellfit/layers';
import { FormatError } from '../format-error.js';
import type { SavedWeight } from '../saved-model.js';
import { layerWeights, sizeOf, type LayerWeights, type WeightSpec } from './layer-weights.js';

/** A weight as found in a file: its values are read only once its shape is known to be right. */
export interface FoundWeight {
  readonly shape: readonly number[];
  readonly values: () => Float32Array;
}

/**
 * Takes the weights that an architecture needs from what a file holds.
 *
 * @param find The weights of a layer, in the order of Keras.
 * @throws FormatError `wrong-weights` where one is missing, too many or of another shape.
 */
export function collectWeights(
  config: SequentialConfig,
  find: (layer: LayerWeights) => readonly (FoundWeight | undefined)[],
): Map<string, SavedWeight> {
  const weights = new Map<string, SavedWeight>();
  for (const layer of layerWeights(config)) {
    const needed = layer.weights;
    if (needed.length === 0) continue;
    const found = find(layer);
    if (found.length !== needed.length) {
      const { name, type } = layer.layer;
      const message = `Layer ${name} (${type}) needs ${needed.length} weights, but the file holds ${found.length}`;
      throw wrong(`${message}: ${needed.map((weight) => weight.name).join(', ')}.`);
    }
    needed.forEach((spec, i) => weights.set(spec.name, take(spec, found[i])));
  }
  return weights;
}

/**
 * Checks that a model holds just the weights that its architecture needs.
 *
 * @throws FormatError `wrong-weights`.
 */
export function checkWeights(config: SequentialConfig, weights: ReadonlyMap<string, SavedWeight>): void {
  const needed = layerWeights(config).flatMap((layer) => layer.weights);
  for (const spec of needed) {
    const weight = weights.get(spec.name);
    take(spec, weight && { shape: weight.shape, values: () => weight.values });
  }
  const names = new Set(needed.map((spec) => spec.name));
  const extra = [...weights.keys()].filter((name) => !names.has(name));
  if (extra.length > 0) throw wrong(`The model has weights that no layer of it needs: ${extra.join(', ')}.`);
}

function take({ name, shape }: WeightSpec, found: FoundWeight | undefined): SavedWeight {
  if (found === undefined) throw wrong(`The weight ${name} of shape [${shape.join(', ')}] is missing.`);
  if (found.shape.join() !== shape.join()) {
    const [actual, expected] = [found.shape.join(', '), shape.join(', ')];
    throw wrong(`The weight ${name} has the shape [${actual}], but its layer needs [${expected}].`);
  }
  const values = found.values();
  const expected = sizeOf(shape);
  if (values.length !== expected) {
    throw wrong(`The weight ${name} has ${values.length} values instead of ${expected}.`);
  }
  return { shape: [...shape], values };
}

function wrong(message: string): FormatError {
  return new FormatError('wrong-weights', `${message} Save the model again from where it was trained.`);
}
