import type { MessagePort } from 'node:worker_threads';
import type { Checkpoint, ExperimentEvent, Numerics, RunScope } from '@wellfit/core';
import type { CheckpointOrigin } from '@wellfit/reporters';

/** What all runs of an experiment share, given to every worker as it starts. */
export interface WorkerSetup {
  /** The resolved experiment. */
  readonly spec: unknown;
  /** Where third-party plugins are looked for. */
  readonly pluginFolders: readonly string[];
  readonly backend: string;
  /** What the experiment is recorded with. */
  readonly numerics: Numerics;
  /** Kernel threads of each worker. */
  readonly threads: number;
  readonly folder: string;
  readonly origin: CheckpointOrigin;
  readonly checkpointEveryMs: number;
  /** Whether to keep the trained models. */
  readonly models: boolean;
}

/** One run for a worker. */
export interface WorkerTask extends RunScope {
  /** What datasets have decoded, by key, in memory that all threads share: given late, as workers start while it is decoded. */
  readonly decoded: ReadonlyMap<string, unknown>;
  readonly resume?: Checkpoint;
  readonly port: MessagePort;
}

/** What a worker says. */
export type FromWorker =
  | { readonly events: readonly ExperimentEvent[] }
  | { readonly stack: string }
  /** Nothing follows. */
  | { readonly done: true };

/** What a worker is told: to end its run after the step in hand, or that events have arrived. */
export type ToWorker = 'stop' | 'received';
