import type { Callback } from '../contracts/callback.js';
import type { DatasetSource } from '../contracts/dataset.js';
import type { ModelPreset } from '../contracts/model.js';
import type { Json } from '../contracts/named.js';
import type { Optimizer } from '../contracts/optimizer.js';
import type { PlacedRegularizer } from '../contracts/regularizer.js';
import type { CallbackHooks } from '../callback-hooks.js';
import type { LossName } from '../losses/index.js';

/** One arm with every plugin found and every option checked: what can be run. */
export interface ArmPlan {
  readonly name: string;
  /** Arms with equal keys share one loaded dataset. */
  readonly datasetKey: string;
  dataset(): DatasetSource;
  preset(): ModelPreset;
  /** A fresh one for each run. */
  optimizer(): Optimizer;
  regularizers(): readonly PlacedRegularizer[];
  /** Fresh ones for each run. */
  callbacks(): readonly (Callback | CallbackHooks)[];
  readonly epochs: number;
  readonly batchSize: number;
  /** Absent: follows the dataset. */
  readonly loss?: LossName;
  readonly trainEvaluation: boolean | number;
  /** Record distributions before and after training. */
  readonly distributions: boolean;
}

/** An experiment that is ready to run. */
export interface ExperimentPlan {
  readonly name: string;
  readonly description?: string;
  readonly arms: readonly ArmPlan[];
  readonly baseline: string;
  readonly seeds: readonly number[];
  /** The resolved experiment as plain data, for the record. */
  readonly spec: Json;
}
