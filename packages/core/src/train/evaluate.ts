import { tidy } from '@tensorflow/tfjs-core';
import type { Batch, Dataset, Split } from '../contracts/dataset.js';
import type { Model } from '../contracts/model.js';
import { CoreError } from '../errors.js';
import { disposeBatch } from '../dispose-batch.js';
import { valuesInPlace } from '../kernels/values-in-place.js';
import type { Loss } from '../losses/index.js';
import type { Metric } from '../metrics/index.js';
import { WeightedMean } from './weighted-mean.js';

/** What to evaluate, and how. */
export interface EvaluateOptions {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly split: Split;
  readonly batchSize: number;
  readonly rows?: Uint32Array;
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  /** Called between batches; throws to give up, resolves to go on. */
  readonly pause?: () => Promise<void>;
}

/**
 * Loss and metrics of a split in inference mode.
 *
 * @returns `loss`, without penalty, and each metric by name.
 * @throws CoreError `no-rows` where the split is empty.
 */
export async function evaluate(options: EvaluateOptions): Promise<Record<string, number>> {
  const { model, dataset, loss, metrics, pause } = options;
  const rows = options.rows?.length ?? dataset.sizes[options.split];
  if (rows === 0) throw new CoreError('no-rows', `The dataset ${dataset.name} has no ${options.split} rows.`);
  const meanLoss = new WeightedMean();
  const means = metrics.map(() => new WeightedMean());
  let batch: Batch;
  const measure = (): void => {
    const logits = model.forward(batch.inputs, { training: false });
    meanLoss.add(valuesInPlace(loss.compute(logits, batch.targets))[0], batch.size);
    for (let i = 0; i < metrics.length; i++) {
      means[i].add(metrics[i].compute(logits, batch.targets), batch.size);
    }
  };
  for (batch of dataset.batches(options)) {
    try {
      tidy(measure);
    } finally {
      disposeBatch(batch);
    }
    await pause?.();
  }
  return {
    loss: meanLoss.value,
    ...Object.fromEntries(metrics.map(({ name }, i) => [name, means[i].value])),
  };
}
