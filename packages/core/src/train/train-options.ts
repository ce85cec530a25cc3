import type { CallbackHooks } from '../callback-hooks.js';
import type { Callback } from '../contracts/callback.js';
import type { Checkpoint } from '../contracts/checkpoint.js';
import type { Dataset } from '../contracts/dataset.js';
import type { Model } from '../contracts/model.js';
import type { ModelStore } from '../contracts/model-store.js';
import type { Optimizer } from '../contracts/optimizer.js';
import type { PlacedRegularizer, Regularizer } from '../contracts/regularizer.js';
import type { LossName } from '../losses/index.js';

/** Options of `train`. */
export interface TrainOptions {
  /** Trained in place; the caller disposes it. */
  readonly model: Model;
  readonly dataset: Dataset;
  /** Made for this run; the caller disposes it. */
  readonly optimizer: Optimizer;
  /** Epoch limit, at least 1. */
  readonly epochs: number;
  /** Rows per training step, at least 1. */
  readonly batchSize: number;
  /** An integer of at least 0; default 1. Decides batch order and noise; the model's initial weights were decided when it was built. */
  readonly seed?: number;
  /** Name of the run in its events. Default: the model's name. */
  readonly arm?: string;
  /** Default: what the dataset's task asks for. */
  readonly loss?: LossName;
  /** At the hidden layers, unless placed elsewhere: `[l2(0.001), { regularizer: dropout(0.2), at: 'input' }]`. */
  readonly regularizers?: readonly (Regularizer | PlacedRegularizer)[];
  readonly callbacks?: readonly (Callback | CallbackHooks)[];
  /**
   * Evaluation of the training set in inference mode at the end of each epoch: all rows (true, the default), a
   * random choice of that many rows, the same in each epoch, or none (false).
   */
  readonly trainEvaluation?: boolean | number;
  /** Emit `distributions` of weights and activations before and after training. Default false. */
  readonly distributions?: boolean;
  /** Where models go that callbacks save; without it, a callback that saves one is an error. */
  readonly models?: ModelStore;
  /** Ends the run after the step in hand, with status `cancelled`. */
  readonly signal?: AbortSignal;
  /**
   * Called and awaited between two epochs; `take` copies all that `resume` needs, which costs a copy of weights, optimizer
   * state and kept weights. An error of it ends the run.
   */
  readonly onCheckpoint?: (take: () => Checkpoint) => void | Promise<void>;
  /**
   * Go on from a checkpoint of a run with the same options, to the same bits as if nothing had come between. The model is
   * built and the optimizer and callbacks are made anew. The events of before come first, marked `recorded`.
   */
  readonly resume?: Checkpoint;
}
