import type { ExperimentAnalysis } from './analysis.js';
import type { Numerics } from './backend.js';
import type { Provenance } from './dataset.js';
import type { Json } from './named.js';

/**
 * Numbers logged for an epoch or step, always finite. Keys and their meaning are fixed in `docs/logs.md`:
 * `loss`, `accuracy` (running mean, training mode, with penalty), `val_loss`, `val_accuracy` (inference mode, with
 * penalty), `data_loss`, `val_data_loss`, `penalty`, `train_loss`, `train_accuracy` (inference mode at epoch end,
 * without penalty).
 */
export type Logs = Readonly<Record<string, number>>;

/** One finished epoch. */
export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number;
  readonly logs: Logs;
  readonly learningRate: number;
  readonly durationMs: number;
  /** SHA-256 (hex) of weights and optimizer state. */
  readonly digest: string;
  /**
   * What tells which tensor differs where digests do: the first 8 hex digits of the SHA-256 of each weight, by name, and
   * of the optimizer's state, `optimizer/1` and so on. Absent in older records.
   */
  readonly tensors?: Readonly<Record<string, string>>;
  /**
   * In the record of the first epoch: the data loss of the best model that ignores its inputs, which gives the class
   * frequencies of the training rows, or for regression their mean. Absent in older records, and where nobody counted.
   */
  readonly guessingLoss?: number;
}

/** How the values of one tensor are spread: counts over bins of equal width from `min` to `max`. */
export interface Distribution {
  /** Of a weight, for instance `hidden_1/kernel`, or of a layer whose output is measured, for instance `hidden_1`. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation (n). */
  readonly sd: number;
  /** Values per bin; a value on an edge counts in the upper bin, `max` in the last. */
  readonly counts: readonly number[];
}

/** How a run ended. `stopped` means by a callback. */
export type RunStatus = 'completed' | 'stopped' | 'diverged' | 'cancelled' | 'failed';

/** Which run of an experiment an event belongs to. */
export interface RunScope {
  readonly arm: string;
  readonly seed: number;
}

/** What events of one run have in common. */
export interface RunEventBase extends RunScope {
  /** It happened before the run was interrupted, and is shown again as the run goes on. */
  readonly recorded?: true;
}

/** Events of one run: plain, JSON-safe data, never tensors. */
export type RunEvent = RunEventBase &
  (
    | {
        readonly type: 'run:start';
        /** Name of the dataset. */
        readonly dataset: string;
        /** Training rows. */
        readonly trainRows: number;
        readonly epochs: number;
        readonly stepsPerEpoch: number;
        readonly parameters: number;
        /** The model's summary table. */
        readonly summary: string;
      }
    | { readonly type: 'epoch:start'; readonly epoch: number }
    | {
        readonly type: 'step:end';
        readonly epoch: number;
        /** Counted from 1 within the epoch. */
        readonly step: number;
        readonly steps: number;
        /** Running means of the epoch so far. */
        readonly logs: Logs;
      }
    | ({ readonly type: 'epoch:end' } & EpochRecord)
    /** Asked for by `distributions`: before training (epoch 0) and after it. */
    | {
        readonly type: 'distributions';
        /** The epoch at whose end the weights were so; 0 before training. */
        readonly epoch: number;
        /** Of the trainable weights. */
        readonly weights: readonly Distribution[];
        /** Of what each layer with a kernel or activation gives in inference mode, on up to 1,000 rows of the validation (or training) set. */
        readonly activations: readonly Distribution[];
      }
    /** Training is over; callbacks may still restore weights. After an error only they are told, and may save the model. */
    | { readonly type: 'training:end'; readonly status: RunStatus; readonly reason: string }
    | {
        readonly type: 'run:end';
        readonly status: RunStatus;
        readonly reason: string;
        /** Finished epochs. */
        readonly epochs: number;
        /** The epoch whose weights the model now has, where a callback restored them. */
        readonly restoredEpoch?: number;
        /** Evaluation of the final weights; absent where training ended within an epoch. */
        readonly final?: Logs;
        /** SHA-256 (hex) of the final weights. */
        readonly digest: string;
        readonly durationMs: number;
      }
  );

/** Events of a whole experiment. */
export type ExperimentEvent =
  | RunEvent
  | {
      readonly type: 'experiment:start';
      readonly name: string;
      readonly description?: string;
      readonly arms: readonly string[];
      readonly baseline: string;
      readonly seeds: readonly number[];
      /** When its first session began; ISO 8601. */
      readonly startedAt: string;
      /** What earlier sessions took, in ms, where an interrupted experiment goes on; absent in the first. */
      readonly spentMs?: number;
      readonly backend: string;
      /** A few words on it, for instance `2 threads`. */
      readonly backendDetail?: string;
      /** Why this backend computes, for instance `asked for by name`. */
      readonly backendReason?: string;
      /** Absent where nobody said: `exact`. */
      readonly numerics?: Numerics;
      /** How many runs are trained at a time, where it may be more than one: their events come mixed. */
      readonly jobs?: number;
      readonly versions: Readonly<Record<string, string>>;
      /** Folders in which the experiment's third-party plugins were looked for; absent where it names none. */
      readonly pluginFolders?: readonly string[];
      /** The resolved experiment, as `wellfit print-config` shows it. */
      readonly spec: Json;
    }
  | {
      readonly type: 'dataset:progress';
      readonly dataset: string;
      readonly stage: string;
      readonly file: string;
      readonly done: number;
      readonly total?: number;
    }
  | {
      readonly type: 'dataset:ready';
      readonly dataset: string;
      readonly sizes: Readonly<Record<string, number>>;
      readonly provenance: Provenance;
    }
  /** Something the user should know that does not end the run, for instance a reporter that failed. */
  | { readonly type: 'warning'; readonly from: string; readonly message: string }
  | {
      readonly type: 'experiment:end';
      readonly status: 'completed' | 'cancelled';
      /**
       * What all its sessions took together, in ms; the time between them does not count. Of a session that was killed, what was
       * recorded counts: until shortly before its last finished epoch.
       */
      readonly durationMs: number;
      readonly analysis: ExperimentAnalysis;
    };
