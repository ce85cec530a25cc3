import { mean, mul, square, sub, type Scalar } from '@tensorflow/tfjs-core';
import { fusedLoss } from './fused-loss.js';
import { matchShape } from './match-shape.js';

/**
 * Mean squared error: the mean over rows and outputs of `(z - y)^2`, with the logits themselves as predictions (for
 * models with a linear output).
 *
 * Targets: the shape of the logits, or `[rows]` for one output.
 */
export const meanSquaredError = fusedLoss({
  name: 'mean-squared-error',
  kernel: 'WellfitSquaredError',
  targets: matchShape,
  value: (z, y) => mean<Scalar>(square(sub(z, y))),
  gradient: (z, y, dy) => mul(sub(z, y), mul(dy, 2 / z.size)),
});
