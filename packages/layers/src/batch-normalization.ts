import { add, moments, mul, rsqrt, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Weight } from '@wellfit/core';
import type { LayerBuilder } from './layer.js';
import { ownVariable } from './own-variable.js';

/** Options of {@link batchNormalization}; the defaults are those of Keras. */
export interface BatchNormalizationOptions {
  readonly name: string;
  /** Weight of the past in the moving averages, 0 to 1. Default 0.99. */
  readonly momentum?: number;
  /** Added to the variance. Default 0.001. */
  readonly epsilon?: number;
}

/**
 * Batch normalization over all axes but the last: in training by the statistics of the batch (gradients flow through
 * them), in inference by their moving averages.
 * Source: Ioffe and Szegedy, "Batch normalization", ICML 2015; biased variance and moving averages as in Keras.
 */
export function batchNormalization(options: BatchNormalizationOptions): LayerBuilder {
  const { name, momentum = 0.99, epsilon = 0.001 } = options;
  return ({ inputShape }) => {
    const width = inputShape[inputShape.length - 1];
    const weight = (what: string, value: number, trainable: boolean): Weight => ({
      name: `${name}/${what}`,
      trainable,
      variable: ownVariable(new Float32Array(width).fill(value), [width], trainable),
    });
    const gamma = weight('gamma', 1, true);
    const beta = weight('beta', 0, true);
    const movingMean = weight('moving_mean', 0, false);
    const movingVariance = weight('moving_variance', 1, false);

    const normalize = (x: Tensor, mean: Tensor, variance: Tensor): Tensor =>
      add(mul(sub(x, mean), mul(rsqrt(add(variance, epsilon)), gamma.variable)), beta.variable);
    const track = (average: Weight, current: Tensor): void =>
      average.variable.assign(add(mul(average.variable, momentum), mul(current, 1 - momentum)));

    return {
      name,
      type: 'BatchNormalization',
      outputShape: inputShape,
      weights: [gamma, beta, movingMean, movingVariance],
      sites: [],
      config: { type: 'BatchNormalization', name, momentum, epsilon },
      forward(inputs, { training }) {
        const x = inputs as Tensor;
        if (!training) return normalize(x, movingMean.variable, movingVariance.variable);
        const axes = x.shape.map((_, axis) => axis).slice(0, -1);
        const { mean, variance } = moments(x, axes);
        track(movingMean, mean);
        track(movingVariance, variance);
        return normalize(x, mean, variance);
      },
    };
  };
}
