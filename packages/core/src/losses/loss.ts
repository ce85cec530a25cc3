import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Named } from '../contracts/named.js';

/** Losses by name. */
export type LossName = 'binary-crossentropy' | 'categorical-crossentropy' | 'mean-squared-error';

/** What training makes small. */
export interface Loss extends Named {
  readonly name: LossName;
  /**
   * The mean over the rows of a batch.
   *
   * Differentiable in `logits`, not in `targets`. The caller disposes the result.
   *
   * @param logits `[rows, outputs]`, the model's output before its output activation.
   * @param targets As each loss says.
   * @throws CoreError `bad-shape` where targets and logits do not fit together.
   */
  compute(logits: Tensor, targets: Tensor): Scalar;
}
