import type { RunEvent, RunScope } from './events.js';
import type { Json } from './named.js';

/** The values of a tensor, copied. */
export interface SavedTensor {
  /** `weights/<weight>`, `optimizer/<number from 1>` or `slots/<slot>/<weight>`; unique in a checkpoint. */
  readonly name: string;
  readonly shape: readonly number[];
  /** In row-major order; the optimizer's count of steps is an int32. */
  readonly values: Float32Array | Int32Array;
}

/**
 * Everything that a run needs to go on, bit for bit, as if nothing had come between: the state after an epoch.
 *
 * Random streams are no part of it, as they are functions of the seed, a purpose and the number of the epoch or step.
 */
export interface Checkpoint extends RunScope {
  /** Finished epochs. */
  readonly epoch: number;
  /** Steps made. */
  readonly steps: number;
  readonly learningRate: number;
  /** The epoch whose weights the model has, where a callback has just restored them. */
  readonly restoredEpoch?: number;
  /** The run's events so far, without its steps, from `run:start` to the `epoch:end` of `epoch`. */
  readonly events: readonly RunEvent[];
  /** In the order of the run's callbacks. Those without a state are shown the events when the run goes on. */
  readonly callbacks: readonly { readonly name: string; readonly state?: Json }[];
  /** Weights that callbacks have kept, and the epoch at whose end they did. */
  readonly slots: readonly { readonly slot: string; readonly epoch: number }[];
  readonly tensors: readonly SavedTensor[];
}

/** What is known of a run from before: all its events where it has ended, else where to go on. */
export type EarlierRun = { readonly events: readonly RunEvent[] } | { readonly checkpoint: Checkpoint };
