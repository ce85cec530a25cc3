import type { Tensor } from '@tensorflow/tfjs-core';
import type { Site } from '@wellfit/core';
import { activationFunctions, type ActivationName } from './activation-functions.js';
import type { LayerBuilder } from './layer.js';

/** Options of {@link activation}. */
export interface ActivationOptions {
  readonly name: string;
  readonly activation: ActivationName;
  /** Name of its activation site; the layer's own name by default. */
  readonly site?: string;
}

/** An activation function as a layer of its own, for instance behind a normalization. Keeps the shape. */
export function activation({ name, activation: fn, site: layer = name }: ActivationOptions): LayerBuilder {
  return ({ inputShape }) => {
    const site: Site = { layer, kind: 'activation', role: 'hidden' };
    return {
      name,
      type: 'Activation',
      outputShape: inputShape,
      weights: [],
      sites: [site],
      config: { type: 'Activation', name, activation: fn },
      forward(inputs, { noise }) {
        const active = activationFunctions[fn](inputs as Tensor);
        return noise ? noise(site, active) : active;
      },
    };
  };
}
