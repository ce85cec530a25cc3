import { join } from 'node:path';
import type { Numerics, RunScope, RunStatus } from '@wellfit/core';
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
export function experimentFile({ start, datasets, warnings, end }: ExperimentRecord): object {
  return {
    schemaVersion,
    name: start?.name,
    description: start?.description,
    status: end?.status ?? 'running',
    startedAt: start?.startedAt,
    durationMs: end?.durationMs,
    backend: start?.backend,
    backendDetail: start?.backendDetail,
    backendReason: start?.backendReason,
    numerics: start?.numerics,
    versions: start?.versions,
    pluginFolders: start?.pluginFolders,
    baseline: start?.baseline,
    arms: start?.arms,
    seeds: start?.seeds,
    datasets: datasets.map(({ dataset, sizes, provenance }) => ({ dataset, sizes, provenance })),
    warnings: warnings.map(({ from, message }) => ({ from, message })),
    analysis: end?.analysis,
    spec: start?.spec,
  };
}

/** Content of a run's `run.json`: all but curves and distributions, which are in its `events.jsonl`. */
export function runFile(
  { epochs, distributions: _drawn, ...run }: RunRecord,
  status: RunStatus | 'running',
  numerics: Numerics,
): object {
  return {
    schemaVersion,
    ...run,
    status,
    numerics,
    reason: status === 'running' ? '' : run.reason,
    epochs: epochs.length,
    lastLogs: epochs.at(-1)?.logs,
  };
}
