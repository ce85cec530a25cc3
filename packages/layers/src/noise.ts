import type { Tensor } from '@tensorflow/tfjs-core';
import type { Site } from '@wellfit/core';
import { requireDense } from './layer-shapes.js';
import type { LayerBuilder } from './layer.js';

/** Options of {@link noise}. */
export interface NoiseOptions {
  readonly name: string;
}

/**
 * A place where noise regularizers such as dropout act; otherwise it returns what it is given.
 *
 * Its activation site bears the layer's name and has the role `hidden`.
 *
 * @throws LayerError `bad-shape` where the input is multi-hot.
 * @example
 * noise({ name: 'noise_1' });
 */
export function noise({ name }: NoiseOptions): LayerBuilder {
  return (host) => {
    requireDense(name, host);
    const site: Site = { layer: name, kind: 'activation', role: 'hidden' };
    return {
      name,
      type: 'Noise',
      outputShape: host.inputShape,
      weights: [],
      sites: [site],
      config: { type: 'Noise', name },
      forward: (inputs, context) =>
        context.noise ? context.noise(site, inputs as Tensor) : (inputs as Tensor),
    };
  };
}
