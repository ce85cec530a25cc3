import { abs, add, exp, log1p, mean, mul, neg, relu, sigmoid, sub, type Scalar } from '@tensorflow/tfjs-core';
import { fusedLoss } from './fused-loss.js';
import { matchShape } from './match-shape.js';

/**
 * Binary cross-entropy of logits: the mean over rows and outputs of `-y log p - (1 - y) log(1 - p)`, `p = sigmoid(z)`.
 *
 * Computed as `max(z, 0) - z y + log(1 + exp(-|z|))`, which neither overflows nor takes a logarithm of 0.
 * Targets: the shape of the logits, or `[rows]` for one output; 0, 1 or between.
 */
export const binaryCrossentropy = fusedLoss({
  name: 'binary-crossentropy',
  kernel: 'WellfitBinaryCrossEntropy',
  targets: matchShape,
  value: (z, y) => mean<Scalar>(add(sub(relu(z), mul(z, y)), log1p(exp(neg(abs(z)))))),
  gradient: (z, y, dy) => mul(sub(sigmoid(z), y), mul(dy, 1 / z.size)),
});
