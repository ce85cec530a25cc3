import type { Tensor, Variable } from '@tensorflow/tfjs-core';

/**
 * What tells one optimizer from another.
 *
 * @typeParam Slots What is kept per weight, by name.
 * @typeParam Constants The numbers of one step.
 */
export interface UpdateRule<Slots extends object, Constants extends object> {
  readonly name: string;
  /** The initial value of each variable kept per weight, in the weight's shape, in the order in which they are saved. */
  readonly slots: Readonly<Partial<Record<keyof Slots, number>>>;
  /**
   * Name of the kernel that does the same as `update`, in place, where the backend has it. Its inputs are `weight`,
   * `gradient` and the slots; its attributes the constants and `step`. Averages that have faded to where they change
   * nothing may become 0 in it, and so may weights below 2^-56.
   */
  readonly kernel: string;
  /**
   * Called once per step.
   *
   * @param step Counted from 1.
   */
  constants(learningRate: number, step: number): Constants;
  /** Assigns new values to a weight and its slots. Called inside `tidy`. */
  update(weight: Variable, gradient: Tensor, slots: Slots, constants: Constants): void;
}
