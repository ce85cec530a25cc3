import type { Dataset, Split } from '../contracts/dataset.js';
import type { Logs } from '../contracts/events.js';
import type { Model } from '../contracts/model.js';
import type { Loss } from '../losses/index.js';
import type { Metric } from '../metrics/index.js';
import { randomStream } from '../random/random-stream.js';
import { penaltyValue, type AppliedRegularizers } from './applied-regularizers.js';
import { evaluate } from './evaluate.js';
import { shuffledRows } from './shuffled-rows.js';

/** What is evaluated at the end of an epoch. */
export interface EndOfEpochSetup {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly batchSize: number;
  readonly seed: number;
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  readonly regularizers: AppliedRegularizers;
  readonly trainEvaluation: boolean | number;
}

/**
 * The figures at the end of an epoch, all in inference mode and of the same weights; see `docs/logs.md`.
 *
 * @param pause Called between batches; throws to give up.
 */
export async function endOfEpoch(setup: EndOfEpochSetup, pause: () => Promise<void>): Promise<Logs> {
  const { dataset, regularizers, trainEvaluation } = setup;
  const of = (split: Split, rows?: Uint32Array): Promise<Record<string, number>> =>
    evaluate({ ...setup, split, rows, pause });

  const penalty = penaltyValue(regularizers);
  const logs: Record<string, number> = { penalty };
  if (dataset.sizes.validation > 0) {
    const { loss, ...metrics } = await of('validation');
    logs.val_loss = loss + penalty;
    logs.val_data_loss = loss;
    for (const [name, value] of Object.entries(metrics)) logs[`val_${name}`] = value;
  }
  if (trainEvaluation !== false) {
    const values = await of('train', chosenRows(setup, trainEvaluation));
    for (const [name, value] of Object.entries(values)) logs[`train_${name}`] = value;
  }
  return logs;
}

/** The same random choice in every epoch, so that the curve shows training and not the choice. */
function chosenRows({ dataset, seed }: EndOfEpochSetup, choice: true | number): Uint32Array | undefined {
  const { train } = dataset.sizes;
  if (choice === true || choice >= train) return undefined;
  return shuffledRows(train, randomStream(seed, 'train-evaluation')).subarray(0, choice).sort();
}
