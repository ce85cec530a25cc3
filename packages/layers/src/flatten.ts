import { reshape, type Tensor } from '@tensorflow/tfjs-core';
import { sizeOf } from './initializers/fans.js';
import { requireDense } from './layer-shapes.js';
import type { LayerBuilder } from './layer.js';

/** Options of {@link flatten}. */
export interface FlattenOptions {
  readonly name: string;
}

/**
 * Lays out each row flat, in row-major order: `[rows, height, width, channels]` becomes
 * `[rows, height x width x channels]`. Flat rows stay as they are.
 *
 * @throws LayerError `bad-shape` where the input is multi-hot.
 * @example
 * flatten({ name: 'flatten' });
 */
export function flatten({ name }: FlattenOptions): LayerBuilder {
  return (host) => {
    requireDense(name, host);
    const width = sizeOf(host.inputShape);
    return {
      name,
      type: 'Flatten',
      outputShape: [width],
      weights: [],
      sites: [],
      config: { type: 'Flatten', name },
      forward: (inputs) => reshape(inputs as Tensor, [-1, width]),
    };
  };
}
