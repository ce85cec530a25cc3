import type { Tensor, Variable } from '@tensorflow/tfjs-core';

/** What tells one optimizer from another. */
export interface UpdateRule {
  readonly name: string;
  /** The initial value of each tensor kept per weight, in the weight's shape. */
  readonly slots: readonly number[];
  /**
   * Called once per step; returns how to update one weight.
   *
   * @param step Counted from 1.
   */
  begin(learningRate: number, step: number): UpdateWeight;
}

/** Assigns new values to a weight and its slots. Called inside `tidy`. */
export type UpdateWeight = (weight: Variable, gradient: Tensor, slots: readonly Variable[]) => void;
