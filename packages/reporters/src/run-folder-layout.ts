import { join } from 'node:path';
import type { Numerics, RunScope, RunStatus } from '@wellfit/core';
import { ReporterError } from './errors.js';
import type { ExperimentRecord, RunRecord } from './experiment-record.js';
import { isSafeName } from './is-safe-name.js';
import { schemaVersion } from './schema-version.js';

/**
 * Folder of one run: `<folder>/<arm>/<seed>`.
 *
 * @throws ReporterError `unsafe-name` for an arm that is not letters, digits, and `-` `_` `.` between them, or a seed
 * that is not a whole number from 0: names come from files and must not lead elsewhere.
 */
export function runFolderPath(folder: string, { arm, seed }: RunScope): string {
  if (!isSafeName(arm)) {
    const message = `The arm name ${JSON.stringify(arm)} cannot be a folder's name; use letters, digits, and - _ . between them.`;
    throw new ReporterError('unsafe-name', message);
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new ReporterError('unsafe-name', `The seed ${seed} is not a whole number from 0.`);
  }
  return join(folder, arm, String(seed));
}

/**
 * Content of `experiment.json`. `status` is `running` until the experiment ends.
 *
 * @param ended How the runs ended. The counts of an experiment that is over stand before all that is long, so that many
 * folders can be listed fast.
 * @param spentMs What the experiment has taken so far, in ms.
 */
export function experimentFile(
  { start, datasets, warnings, end }: ExperimentRecord,
  ended: readonly RunStatus[],
  spentMs: number,
): object {
  return {
    schemaVersion,
    name: start?.name,
    description: start?.description,
    status: end?.status ?? 'running',
    startedAt: start?.startedAt,
    durationMs: spentMs,
    outcome: end && { runs: countsOf(ended), best: end.analysis.best },
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

function countsOf(ended: readonly RunStatus[]): Partial<Record<RunStatus, number>> {
  const counts: Partial<Record<RunStatus, number>> = {};
  for (const status of ended) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
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
