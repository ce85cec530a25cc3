import { join } from 'node:path';
import type { Json, RunEvent, RunScope } from '@wellfit/core';
import { ReporterError } from './errors.js';
import type { ExperimentRecord, RunRecord } from './experiment-record.js';

/** Version of the files' layout; a reader refuses any other. */
export const schemaVersion = 1;

const safeName = /^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$/;

/**
 * Folder of one run: `<folder>/<arm>/<seed>`.
 *
 * @throws ReporterError `unsafe-name` for an arm that is not letters, digits, and `-` `_` `.` between them, or a seed
 * that is not a whole number from 0: names come from files and must not lead elsewhere.
 */
export function runFolderPath(folder: string, { arm, seed }: RunScope): string {
  if (!safeName.test(arm)) {
    const message = `The arm name ${JSON.stringify(arm)} cannot be a folder's name; use letters, digits, and - _ . between them.`;
    throw new ReporterError('unsafe-name', message);
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new ReporterError('unsafe-name', `The seed ${seed} is not a whole number from 0.`);
  }
  return join(folder, arm, String(seed));
}

/** Content of `experiment.json`. `status` is `running` until the experiment ends. */
export function experimentFile({
  start,
  datasets,
  warnings,
  end,
}: ExperimentRecord): Record<string, Json | object> {
  const { type: _, ...head } = start ?? { type: undefined };
  return {
    schemaVersion,
    ...head,
    status: end?.status ?? 'running',
    datasets: datasets.map(({ type: _type, ...dataset }) => dataset),
    warnings: warnings.map(({ from, message }) => ({ from, message })),
    ...(end !== undefined ? { durationMs: end.durationMs, analysis: end.analysis } : {}),
  };
}

/** Content of a run's `run.json`: its state at the given event, without the curves. */
export function runFile(record: ExperimentRecord, event: RunEvent): Record<string, Json | object> {
  const run = record.runs.find(({ arm, seed }) => arm === event.arm && seed === event.seed);
  const { epochs = [], status, ...rest }: Partial<RunRecord> = run ?? { arm: event.arm, seed: event.seed };
  const lastLogs = epochs.at(-1)?.logs;
  if (event.type !== 'run:end') return { schemaVersion, ...rest, status: 'running', reason: '', epochs: 0 };
  return {
    schemaVersion,
    ...rest,
    status: status ?? event.status,
    epochs: epochs.length,
    ...(lastLogs !== undefined ? { lastLogs } : {}),
  };
}
