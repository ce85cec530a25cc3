import type { EpochRecord, Logs, RunScope, RunStatus } from './events.js';

/** Everything that analysis and figures need of a run. */
export interface History extends RunScope {
  /** Name of the dataset. */
  readonly dataset: string;
  /** Training rows. */
  readonly trainRows: number;
  readonly parameters: number;
  readonly status: RunStatus;
  readonly reason: string;
  readonly epochs: readonly EpochRecord[];
  /** The epoch whose weights the model ended with, where a callback restored them. */
  readonly restoredEpoch?: number;
  /** Evaluation of the final weights; absent where training ended within an epoch. */
  readonly final?: Logs;
}
