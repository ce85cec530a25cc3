import { join } from 'node:path';
import { definePlugin, type History, type Reporter, type ReporterHost } from '@wellfit/core';
import { ignoreElements, tap } from 'rxjs';
import { z } from 'zod';
import { histories } from './experiment-record.js';
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
 * columns known: an arm may log what the others do not.
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
        histories,
        tap((runs) => writeAtomically(path ?? join(host.folder, 'epochs.csv'), renderCsv(runs))),
        ignoreElements(),
      ),
  }),
});

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
