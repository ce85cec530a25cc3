import { join } from 'node:path';
import { definePlugin, runKey, type History, type Reporter, type ReporterHost } from '@wellfit/core';
import { ignoreElements, tap } from 'rxjs';
import { z } from 'zod';
import { experimentRecord, type ExperimentRecord } from './experiment-record.js';
import { knownLogs } from './known-logs.js';
import { writeAtomically } from './write-atomically.js';

const options = z
  .strictObject({
    path: z.string().min(1).optional().describe('File to write; `<folder>/epochs.csv` by default.'),
  })
  .prefault({});

/** Options of {@link csv}. */
export type CsvOptions = z.input<typeof options>;

/**
 * Writes a table with one row per epoch when the experiment ends, also when it was cancelled. Only then are all
 * columns known: an arm may log what the others do not. Rows come in the order of the experiment, seed by seed and in each the
 * arms, in whichever order the runs were trained.
 *
 * @throws ReporterError `write-failed` through its stream.
 */
export const csv = definePlugin<Reporter, typeof options, [ReporterHost]>({
  kind: 'reporter',
  name: 'csv',
  description: 'Writes a table with one row per epoch.',
  options,
  create: ({ path }, host) => ({
    name: 'csv',
    connect: (events$) =>
      events$.pipe(
        experimentRecord,
        tap((record) => writeAtomically(path ?? join(host.folder, 'epochs.csv'), renderCsv(inOrder(record)))),
        ignoreElements(),
      ),
  }),
});

/** The runs as the experiment lists them; those of which it says nothing, as of a single run, in the order of their starts. */
function inOrder({ start, runs }: ExperimentRecord): readonly History[] {
  const planned = start?.seeds.flatMap((seed) => start.arms.map((arm) => runKey({ arm, seed }))) ?? [];
  const place = new Map(planned.map((key, i) => [key, i]));
  const placeOf = (run: History): number => place.get(runKey(run)) ?? planned.length;
  return runs.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/**
 * The epochs of all runs as CSV (RFC 4180): `arm,seed,epoch,learning_rate,duration_ms`, then every key of the logs.
 * Where a run did not log a key, its field is empty.
 */
export function renderCsv(runs: readonly History[]): string {
  const logged = new Set(runs.flatMap((run) => run.epochs.flatMap(({ logs }) => Object.keys(logs))));
  const keys = [...knownLogs.filter((key) => logged.delete(key)), ...logged];
  const rows = runs.flatMap((run) =>
    run.epochs.map(({ epoch, learningRate, durationMs, logs }) => [
      run.arm,
      run.seed,
      epoch,
      learningRate,
      durationMs,
      ...keys.map((key) => logs[key] ?? ''),
    ]),
  );
  const table = [['arm', 'seed', 'epoch', 'learning_rate', 'duration_ms', ...keys], ...rows];
  return table.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
