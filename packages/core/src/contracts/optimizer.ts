import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Named } from './named.js';

/** Changes weights by their gradients. Holds its own state; one instance serves one run. */
export interface Optimizer extends Named {
  /** Positive and finite; may be set between steps. */
  learningRate: number;
  /**
   * One step, in place. State is created on the first call; later calls must pass the same variables in the same
   * order. The caller disposes the gradients.
   */
  update(variables: readonly Variable[], gradients: readonly Tensor[]): void;
  /** The state's tensors in a fixed order, complete; empty before the first step. Owned by the optimizer. */
  state(): readonly Tensor[];
  /**
   * Continues, bit for bit, from copies of what `state()` gave after a step with weights of the same shapes in the
   * same order. The caller disposes them.
   */
  restore(variables: readonly Variable[], state: readonly Tensor[]): void;
  dispose(): void;
}
