import type { Tensor } from '@tensorflow/tfjs-core';
import type { Named } from '../contracts/named.js';

/** A figure of merit besides the loss; nothing is differentiated through it. */
export interface Metric extends Named {
  /** Its key in logs, for instance `accuracy`: metrics that mean the same for different tasks share it. */
  readonly name: string;
  /**
   * The mean over the rows of a batch, computed on the host; leaves no tensors.
   *
   * @param logits `[rows, outputs]`, the model's output before its output activation.
   * @param targets As each metric says.
   * @throws CoreError `bad-shape` where targets and logits do not fit together.
   */
  compute(logits: Tensor, targets: Tensor): number;
}
