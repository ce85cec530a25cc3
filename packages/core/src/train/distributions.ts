import { tidy } from '@tensorflow/tfjs-core';
import type { Dataset } from '../contracts/dataset.js';
import type { Distribution } from '../contracts/events.js';
import type { Model } from '../contracts/model.js';
import { disposeBatch } from '../dispose-batch.js';
import { valuesInPlace } from '../kernels/values-in-place.js';

const BINS = 50;
const ROWS = 1000;
/** Convolutions give so many values a row that fewer rows show as much. */
const ENOUGH_VALUES = 2 ** 20;

/** How the values of a model's weights and activations are spread. */
export interface Distributions {
  readonly weights: readonly Distribution[];
  readonly activations: readonly Distribution[];
}

/**
 * Measures the trainable weights, and the activations in inference mode on the first rows of the validation set (the
 * training set where there is none): up to 1,000 rows, fewer where a layer gives more than a million values.
 *
 * Tensors that hold values that are not finite are left out.
 */
export function measureDistributions(model: Model, dataset: Dataset): Distributions {
  const weights = model.weights
    .filter(({ trainable }) => trainable)
    .map(({ name, variable }) => distribution(name, [valuesInPlace(variable) as Float32Array]));
  const activations = [...activationsOf(model, dataset)].map(([name, parts]) => distribution(name, parts));
  const finite = (found: readonly (Distribution | undefined)[]): Distribution[] =>
    found.filter((one) => one !== undefined);
  return { weights: finite(weights), activations: finite(activations) };
}

/** The values that each layer gives, a part for each batch. */
function activationsOf(model: Model, dataset: Dataset): Map<string, Float32Array[]> {
  const split = dataset.sizes.validation > 0 ? 'validation' : 'train';
  const rows = Uint32Array.from({ length: Math.min(ROWS, dataset.sizes[split]) }, (_, row) => row);
  const found = new Map<string, Float32Array[]>();
  let most = 0;
  for (const batch of dataset.batches({ split, batchSize: 50, rows })) {
    try {
      tidy(() => {
        model.forward(batch.inputs, {
          training: false,
          watch: (layer, x) => {
            const parts = found.get(layer) ?? [];
            parts.push(valuesInPlace(x).slice() as Float32Array);
            found.set(layer, parts);
            most = Math.max(most, parts.length * x.size);
          },
        });
      });
    } finally {
      disposeBatch(batch);
    }
    if (most >= ENOUGH_VALUES) break;
  }
  return found;
}

/** Undefined where a value is not finite, or there is none. */
function distribution(name: string, parts: readonly Float32Array[]): Distribution | undefined {
  let [n, sum, min, max] = [0, 0, Infinity, -Infinity];
  for (const part of parts) {
    n += part.length;
    for (const x of part) {
      sum += x;
      if (x < min) min = x;
      if (x > max) max = x;
    }
  }
  if (n === 0 || !Number.isFinite(sum)) return undefined;
  const mean = sum / n;
  const counts = new Array<number>(BINS).fill(0);
  let squares = 0;
  for (const part of parts) {
    for (const x of part) {
      squares += (x - mean) ** 2;
      counts[max > min ? Math.min(BINS - 1, Math.floor((BINS * (x - min)) / (max - min))) : 0] += 1;
    }
  }
  return { name, min, max, mean, sd: Math.sqrt(squares / n), counts };
}
