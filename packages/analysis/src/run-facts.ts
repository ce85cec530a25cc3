import type { EpochRecord, History } from '@wellfit/core';
import { thresholds, type Thresholds } from './thresholds.js';

/** What a verdict is based on. Losses are without penalty wherever the logs have them so. */
export interface RunFacts {
  readonly epochs: number;
  /** Running mean over the first epoch: mostly from before much was learned. */
  readonly start: number;
  /** The loss before training, as far as the first epoch tells. */
  readonly startingLoss: number;
  /** The loss of guessing; absent where it was not recorded, or all rows are of one class. */
  readonly guessing?: number;
  readonly trainLowest: number;
  readonly trainFinal: number;
  /** Training loss in the epoch of the lowest validation loss. */
  readonly trainAtLowestVal: number;
  readonly valLowest: number;
  readonly valLowestEpoch: number;
  readonly valFinal: number;
  /** Fall of the training loss per epoch at the end; negative where it rose. */
  readonly trainFall: number;
  readonly valFall: number;
  /** Absent where no accuracy was logged, as for regression. */
  readonly firstAccuracy?: number;
  readonly peakAccuracy?: number;
  /** In the epoch of the lowest training loss. */
  readonly accuracyAtLowestTrain?: number;
}

/** The facts of a run; undefined where it logged no validation loss or finished no epoch. */
export function runFacts(
  { epochs }: Pick<History, 'epochs'>,
  { end }: Pick<Thresholds, 'end'> = thresholds,
): RunFacts | undefined {
  const train = series(epochs, ['train_loss', 'data_loss', 'loss']);
  const val = series(epochs, ['val_data_loss', 'val_loss']);
  if (!train || !val) return undefined;
  const start = epochs[0].logs.data_loss ?? epochs[0].logs.loss ?? train[0];
  const last = epochs.length - 1;
  const lowestVal = indexOfLowest(val);
  const { guessingLoss: guessing } = epochs[0];
  const accuracy = series(epochs, ['train_accuracy', 'accuracy']);
  return {
    epochs: epochs.length,
    start,
    // The mean of a fall lies in its middle, if the loss fell evenly; mostly it falls fast first, and began still higher.
    startingLoss: Math.max(start, 2 * start - train[0]),
    ...(guessing && { guessing }),
    trainLowest: Math.min(...train),
    trainFinal: train[last],
    trainAtLowestVal: train[lowestVal],
    valLowest: val[lowestVal],
    valLowestEpoch: epochs[lowestVal].epoch,
    valFinal: val[last],
    trainFall: fallAtEnd(train, end),
    valFall: fallAtEnd(val, end),
    ...(accuracy && {
      firstAccuracy: epochs[0].logs.accuracy ?? accuracy[0],
      peakAccuracy: Math.max(...accuracy),
      accuracyAtLowestTrain: accuracy[indexOfLowest(train)],
    }),
  };
}

/** The mean of each fact that all of the runs have. */
export function meanFacts(runs: readonly RunFacts[]): RunFacts {
  const keys = (Object.keys(runs[0]) as (keyof RunFacts)[]).filter((key) =>
    runs.every((facts) => facts[key] !== undefined),
  );
  const mean = (key: keyof RunFacts): number =>
    runs.reduce((sum, facts) => sum + (facts[key] ?? NaN), 0) / runs.length;
  return Object.fromEntries(keys.map((key) => [key, mean(key)])) as unknown as RunFacts;
}

/** The first of the keys that every epoch logged. */
function series(epochs: readonly EpochRecord[], keys: readonly string[]): number[] | undefined {
  const key = keys.find((candidate) => epochs.every(({ logs }) => logs[candidate] !== undefined));
  return key === undefined || epochs.length === 0 ? undefined : epochs.map(({ logs }) => logs[key]);
}

function indexOfLowest(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}

function fallAtEnd(values: readonly number[], end: number): number {
  const last = values.length - 1;
  const steps = Math.min(last, Math.max(2, Math.round(end * values.length)));
  return steps === 0 ? 0 : (values[last - steps] - values[last]) / steps;
}
