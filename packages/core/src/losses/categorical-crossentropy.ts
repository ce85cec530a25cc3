import {
  exp,
  log,
  max,
  mul,
  softmax,
  sub,
  sum,
  tensor,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { fusedLoss } from './fused-loss.js';
import { sparseClasses } from './sparse-classes.js';

/**
 * Categorical cross-entropy of logits: the mean over rows of `-sum(y log softmax(z))`.
 *
 * The largest logit of each row is subtracted first, so nothing overflows. Targets: class numbers `[rows]` or
 * `[rows, 1]`, or `[rows, classes]` one-hot (or any weights that sum to 1 in each row: the gradient,
 * `(softmax(z) - y) / rows`, counts on that).
 */
export const categoricalCrossentropy = fusedLoss({
  name: 'categorical-crossentropy',
  kernel: 'WellfitSoftmaxCrossEntropy',
  targets: checked,
  widened: oneHot,
  value(z, y) {
    const shifted = sub(z, max(z, -1, true));
    const logProbabilities = sub(shifted, log(sum(exp(shifted), -1, true)));
    return mul<Scalar>(sum(mul(y, logProbabilities)), -1 / z.shape[0]);
  },
  gradient: (z, y, dy) => mul(sub(softmax(z), y), mul(dy, 1 / z.shape[0])),
});

function checked(targets: Tensor, logits: Tensor): Tensor {
  sparseClasses(targets, logits);
  return targets;
}

function oneHot(targets: Tensor, logits: Tensor): Tensor {
  const [rows, classes] = logits.shape;
  if (targets.rank === 2 && targets.shape[1] === classes) return targets;
  const ids = targets.dataSync();
  const ones = new Float32Array(rows * classes);
  for (let row = 0; row < rows; row++) ones[row * classes + ids[row]] = 1;
  return tensor(ones, [rows, classes]);
}
