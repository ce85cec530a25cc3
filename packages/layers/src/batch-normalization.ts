import { batchNorm, cast, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Weight } from '@wellfit/core';
import type { Layer, LayerBuilder, LayerHost } from './layer.js';
import { requireDense, requireRows } from './layer-shapes.js';
import { updateMovingAverage } from './ops/moving-average.js';
import { normalizeBatch } from './ops/normalize-batch.js';
import { ownVariable } from './own-variable.js';

/** Options of {@link batchNormalization}; the defaults are those of Keras. */
export interface BatchNormalizationOptions {
  readonly name: string;
  /** Weight of the past in the moving averages, 0 to 1. Default 0.99. */
  readonly momentum?: number;
  /** Added to the variance. Default 0.001. */
  readonly epsilon?: number;
  /** Whether an offset `beta` is learned. Default true. */
  readonly center?: boolean;
  /** Whether a factor `gamma` is learned. Default true. */
  readonly scale?: boolean;
}

/**
 * Batch normalization over all axes but the last: in training by the statistics of the batch (gradients flow through
 * them), in inference by their moving averages.
 * Source: Ioffe and Szegedy, "Batch normalization", ICML 2015; biased variance and moving averages as in Keras.
 *
 * @throws LayerError `bad-shape` where the input is multi-hot.
 * @example
 * batchNormalization({ name: 'norm_1', momentum: 0.9 });
 */
export function batchNormalization(options: BatchNormalizationOptions): LayerBuilder {
  return (host) => buildBatchNormalization(options, host);
}

function buildBatchNormalization(options: BatchNormalizationOptions, host: LayerHost): Layer {
  const { name, momentum = 0.99, epsilon = 0.001, center = true, scale = true } = options;
  requireDense(name, host);
  const width = host.inputShape[host.inputShape.length - 1];
  const weight = (what: string, value: number, trainable: boolean): Weight => ({
    name: `${name}/${what}`,
    trainable,
    variable: ownVariable(new Float32Array(width).fill(value), [width], trainable),
  });
  const gamma = scale ? weight('gamma', 1, true) : undefined;
  const beta = center ? weight('beta', 0, true) : undefined;
  const movingMean = weight('moving_mean', 0, false);
  const movingVariance = weight('moving_variance', 1, false);

  return {
    name,
    type: 'BatchNormalization',
    outputShape: host.inputShape,
    weights: [...(gamma ? [gamma] : []), ...(beta ? [beta] : []), movingMean, movingVariance],
    sites: [],
    config: { type: 'BatchNormalization', name, momentum, epsilon, center, scale },
    forward(inputs, { training }) {
      const x = inputs as Tensor;
      requireRows(name, host, x.shape);
      if (!training) return infer(x);
      const { normalized, mean, variance } = normalizeBatch(x, gamma?.variable, beta?.variable, epsilon);
      updateMovingAverage(movingMean.variable, mean, momentum);
      updateMovingAverage(movingVariance.variable, variance, momentum);
      return normalized;
    },
  };

  function infer(x: Tensor): Tensor {
    return batchNorm(
      cast(x, 'float32'),
      movingMean.variable as Tensor as Tensor1D,
      movingVariance.variable as Tensor as Tensor1D,
      beta?.variable as Tensor as Tensor1D | undefined,
      gamma?.variable as Tensor as Tensor1D | undefined,
      epsilon,
    );
  }
}
