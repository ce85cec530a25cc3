import type { Distribution, EpochRecord, ExperimentEvent, History, RunScope } from '@wellfit/core';
import { map, type Observable, reduce } from 'rxjs';

type EventOf<T extends ExperimentEvent['type']> = Extract<ExperimentEvent, { readonly type: T }>;

/** How weights and activations were spread at one moment of a run. */
export interface RecordedDistributions {
  /** The epoch at whose end the weights were so; 0 before training. */
  readonly epoch: number;
  readonly weights: readonly Distribution[];
  readonly activations: readonly Distribution[];
}

/** A run's history, and what else its events said. */
export interface RunRecord extends History {
  /** Epoch limit. */
  readonly epochLimit: number;
  readonly stepsPerEpoch: number;
  /** The model's summary table. */
  readonly summary: string;
  /** Before training and after it, where the experiment asked for them. */
  readonly distributions: readonly RecordedDistributions[];
  /** Absent, like all that follows, where the run did not get to its end. */
  readonly durationMs?: number;
  /** SHA-256 (hex) of the final weights. */
  readonly digest?: string;
}

/** All that reports need of an experiment; steps and progress are left out. */
export interface ExperimentRecord {
  /** Absent for the events of a single run. */
  readonly start?: EventOf<'experiment:start'>;
  /** Each dataset once. */
  readonly datasets: readonly EventOf<'dataset:ready'>[];
  readonly warnings: readonly EventOf<'warning'>[];
  /** In the order in which they started. */
  readonly runs: readonly RunRecord[];
  /** Absent where the experiment broke off. */
  readonly end?: EventOf<'experiment:end'>;
  /** Of a folder whose experiment has not ended: what it has taken so far, in ms; absent in older ones. */
  readonly spentMs?: number;
}

const nothingYet: ExperimentRecord = { datasets: [], warnings: [], runs: [] };

/**
 * Operator: collects an experiment's events and emits one record when they complete. A run without `run:end`
 * counts as cancelled. A run that starts again replaces its earlier try.
 *
 * @example
 * events$.pipe(experimentRecord).subscribe((record) => console.log(record.end?.analysis.best));
 */
export function experimentRecord(events$: Observable<ExperimentEvent>): Observable<ExperimentRecord> {
  return events$.pipe(reduce(addEvent, nothingYet));
}

/** Operator: collects events and emits the history of every run, once, when they complete. */
export function histories(events$: Observable<ExperimentEvent>): Observable<readonly History[]> {
  return events$.pipe(
    experimentRecord,
    map(({ runs }) => runs),
  );
}

/** The record with one more event; the record that was passed in must not be used any more. */
export function addEvent(record: ExperimentRecord, event: ExperimentEvent): ExperimentRecord {
  switch (event.type) {
    case 'experiment:start':
      return { ...record, start: event };
    case 'dataset:ready':
      return { ...record, datasets: [...record.datasets.filter((d) => d.dataset !== event.dataset), event] };
    case 'warning':
      return { ...record, warnings: [...record.warnings, event] };
    case 'experiment:end':
      return { ...record, end: event };
    case 'run:start':
      return { ...record, runs: [...record.runs.filter((run) => !isSameRun(run, event)), startedRun(event)] };
    case 'epoch:end': {
      const { epoch, logs, learningRate, durationMs, digest, tensors, guessingLoss } = event;
      const finished = {
        ...{ epoch, logs, learningRate, durationMs, digest },
        ...(tensors && { tensors }),
        ...(guessingLoss !== undefined && { guessingLoss }),
      };
      const run = record.runs.find((other) => isSameRun(other, event));
      // The list belongs to this record alone; copying it at every epoch would take a square of the time.
      (run?.epochs as EpochRecord[] | undefined)?.push(finished);
      return record;
    }
    case 'distributions': {
      const { epoch, weights, activations } = event;
      const taken = { epoch, weights, activations };
      return changeRun(record, event, (run) => ({ ...run, distributions: [...run.distributions, taken] }));
    }
    case 'run:end': {
      const { status, reason, restoredEpoch, final, digest, durationMs } = event;
      const end = { status, reason, restoredEpoch, final, digest, durationMs };
      return changeRun(record, event, (run) => ({ ...run, ...end }));
    }
    case 'epoch:start':
    case 'step:end':
    case 'training:end':
    case 'dataset:progress':
      return record;
  }
}

function startedRun(event: EventOf<'run:start'>): RunRecord {
  const { arm, seed, dataset, trainRows, parameters, stepsPerEpoch, summary, epochs: epochLimit } = event;
  const open = {
    status: 'cancelled',
    reason: 'broke off before its end',
    epochs: [],
    distributions: [],
  } as const;
  return { arm, seed, dataset, trainRows, parameters, stepsPerEpoch, summary, epochLimit, ...open };
}

function changeRun(
  record: ExperimentRecord,
  scope: RunScope,
  change: (run: RunRecord) => RunRecord,
): ExperimentRecord {
  return { ...record, runs: record.runs.map((run) => (isSameRun(run, scope) ? change(run) : run)) };
}

function isSameRun(a: RunScope, b: RunScope): boolean {
  return a.arm === b.arm && a.seed === b.seed;
}
