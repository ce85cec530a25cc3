import { toCallback, type Callback, type CallbackHooks } from '@wellfit/core';
import type { FitLogs } from './fit-logs.js';
import type { FitModel } from './fit-model.js';
import { FitRun } from './fit-run.js';

/** What callbacks are told of a `model.fit` besides what it says itself. */
export interface FitCallbacksOptions {
  /** Name of the run; the model's name by default. */
  readonly arm?: string;
  /** Default 1. For callbacks that show or use it; `fit` draws its random numbers elsewhere. */
  readonly seed?: number;
  /** Name of the data; `fit` by default. */
  readonly dataset?: string;
}

/** Callbacks in the form that `model.fit` takes. */
export interface FitHooks {
  onTrainBegin(): Promise<void>;
  onEpochBegin(epoch: number): Promise<void>;
  onBatchEnd(batch: number, logs?: FitLogs): Promise<void>;
  onEpochEnd(epoch: number, logs?: FitLogs): Promise<void>;
  onTrainEnd(): Promise<void>;
}

/**
 * Lets callbacks of wellfit steer the `fit` or `fitDataset` of a stock `tf.LayersModel`, early stopping that restores
 * the best weights among them.
 *
 * - Numbers have the names and the meaning of wellfit's logs: `acc` is `accuracy`, and `val_loss` contains the penalty
 *   of the model's own regularizers, as `loss` does (`fit` leaves it out); `val_data_loss` is without. The history that
 *   `fit` returns keeps its own. There is no `train_loss`.
 * - A number that is not finite ends training, and best weights are still restored.
 * - A stop that is asked for before an epoch's first step takes effect after that step.
 * - Digests are of the weights alone, without the optimizer's state.
 * - Copies of weights are freed when training ends. Where `fit` itself fails they are freed when the next one begins.
 *
 * Give hooks of your own to this function too, rather than beside it. For any number of calls of `fit`, one at a time.
 *
 * @param model The compiled model whose `fit` these are for.
 * @throws CoreError `callback-failed`, by `fit`, naming the callback.
 * @example
 * const callbacks = fitCallbacks(model, [earlyStopping({ patience: 3, restoreBestWeights: true })]);
 * await model.fit(x, y, { epochs: 50, validationSplit: 0.2, callbacks });
 */
export function fitCallbacks(
  model: FitModel,
  callbacks: readonly (Callback | CallbackHooks)[],
  { arm = model.name, seed = 1, dataset = 'fit' }: FitCallbacksOptions = {},
): FitHooks {
  const connected = callbacks.map(toCallback);
  let run: FitRun | undefined;
  let epoch = 0;

  /** `fit` tells nobody that it failed, so copies of weights are freed here. */
  const guarded = async (act: () => void | Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      run?.dispose();
      throw error;
    }
  };

  return {
    onTrainBegin: () =>
      guarded(() => {
        run?.dispose();
        run = new FitRun(model, connected, { arm, seed });
        run.begin(dataset);
      }),
    onEpochBegin: (index) =>
      guarded(() => {
        epoch = index + 1;
        run?.beginEpoch(epoch);
      }),
    onBatchEnd: (batch, logs = {}) => guarded(() => run?.endStep(epoch, batch + 1, logs)),
    onEpochEnd: (index, logs = {}) => guarded(() => run?.endEpoch(index + 1, logs)),
    onTrainEnd: () => guarded(() => run?.end()),
  };
}
