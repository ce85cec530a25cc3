import type { Tensor } from '@tensorflow/tfjs-core';
import type { Site } from '@wellfit/core';
import { activationFunctions, type ActivationName } from './activation-functions.js';
import { requireDense } from './layer-shapes.js';
import type { LayerBuilder } from './layer.js';

/** Options of {@link activation}. */
export interface ActivationOptions {
  readonly name: string;
  readonly activation: ActivationName;
  /** Name of its activation site; the layer's own name by default. */
  readonly site?: string;
  /** Default true: noise may act on what this layer returns. */
  readonly activationSite?: boolean;
}

/**
 * An activation function as a layer of its own, for instance behind a normalization. Keeps the shape.
 *
 * @throws LayerError `bad-shape` where the input is multi-hot.
 */
export function activation(options: ActivationOptions): LayerBuilder {
  const { name, activation: fn, site: layer = name, activationSite = true } = options;
  return (host) => {
    requireDense(name, host);
    const site: Site = { layer, kind: 'activation', role: 'hidden' };
    return {
      name,
      type: 'Activation',
      outputShape: host.inputShape,
      weights: [],
      sites: activationSite ? [site] : [],
      config: {
        type: 'Activation',
        name,
        activation: fn,
        ...(layer !== name && { site: layer }),
        ...(!activationSite && { activationSite }),
      },
      forward(inputs, { noise }) {
        const active = activationFunctions[fn](inputs as Tensor);
        return activationSite && noise ? noise(site, active) : active;
      },
    };
  };
}
