import '../register-gradients.js';
import type { Dataset, Split } from '../contracts/dataset.js';
import type { Logs } from '../contracts/events.js';
import type { Model } from '../contracts/model.js';
import type { PlacedRegularizer, Regularizer } from '../contracts/regularizer.js';
import { lossFor, type LossName } from '../losses/index.js';
import { defaultMetrics } from '../metrics/index.js';
import { applyRegularizers, penaltyValue } from './applied-regularizers.js';
import { evaluate } from './evaluate.js';
import { pacer } from './pacer.js';

/** Options of {@link evaluateModel}. */
export interface EvaluateModelOptions {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly split: Split;
  /** Rows at a time, 256 by default; it changes the result only in the last digits. */
  readonly batchSize?: number;
  /** Default: what the dataset's task asks for. */
  readonly loss?: LossName;
  /** Those whose penalty `loss` contains; placed as in `train`. */
  readonly regularizers?: readonly (Regularizer | PlacedRegularizer)[];
  /** Its reason is thrown between batches when it fires. */
  readonly signal?: AbortSignal;
}

/**
 * Evaluates a trained model in inference mode.
 *
 * @returns `loss` (with penalty, what Keras' `evaluate` gives), `data_loss` (without), `penalty`, and the metrics.
 * @throws CoreError `no-rows` where the split is empty.
 * @example
 * const { data_loss, accuracy } = await evaluateModel({ model, dataset, split: 'test' });
 */
export async function evaluateModel(options: EvaluateModelOptions): Promise<Logs> {
  const { model, dataset, split, batchSize = 256, regularizers = [], signal } = options;
  const wait = pacer();
  const pause = async (): Promise<void> => {
    await wait();
    signal?.throwIfAborted();
  };
  const { loss: dataLoss, ...metrics } = await evaluate({
    model,
    dataset,
    split,
    batchSize,
    loss: lossFor(dataset.task, options.loss),
    metrics: defaultMetrics(dataset.task),
    pause,
  });
  const penalty = penaltyValue(applyRegularizers(model, regularizers, 0));
  return { loss: dataLoss + penalty, data_loss: dataLoss, penalty, ...metrics };
}
