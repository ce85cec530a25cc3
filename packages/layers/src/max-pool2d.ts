import { maxPool, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Site } from '@wellfit/core';
import { planWindow, type Extent, type Padding } from './image-window.js';
import type { LayerBuilder } from './layer.js';

/** Options of {@link maxPool2d}. */
export interface MaxPool2dOptions {
  readonly name: string;
  /** Rows and columns of the window. Default 2. */
  readonly poolSize?: Extent;
  /** How far the window moves. Default: as far as it is large. */
  readonly strides?: Extent;
  /** Default `valid`, as in Keras. */
  readonly padding?: Padding;
  /** Default false; true lets noise act on what this layer returns. */
  readonly activationSite?: boolean;
}

/**
 * The largest value of every channel in each window over images `[rows, height, width, channels]`.
 *
 * @throws LayerError `bad-shape` where the input is no image, the window does not fit into it, or a number is not whole.
 * @example
 * maxPool2d({ name: 'pool_1' });
 */
export function maxPool2d(options: MaxPool2dOptions): LayerBuilder {
  const { name, poolSize = 2, strides = poolSize, padding = 'valid', activationSite = false } = options;
  return (host) => {
    const plan = planWindow(name, host, { what: 'pool', size: poolSize, strides, padding });
    const site: Site = { layer: name, kind: 'activation', role: 'hidden' };
    return {
      name,
      type: 'MaxPooling2D',
      outputShape: [...plan.output, plan.input[2]],
      weights: [],
      sites: activationSite ? [site] : [],
      config: {
        type: 'MaxPooling2D',
        name,
        poolSize: plan.size,
        strides: plan.strides,
        padding,
        ...(activationSite && { activationSite }),
      },
      forward(inputs, { noise }) {
        const pooled = maxPool(inputs as Tensor4D, plan.size, plan.strides, padding);
        return activationSite && noise ? noise(site, pooled) : pooled;
      },
    };
  };
}
