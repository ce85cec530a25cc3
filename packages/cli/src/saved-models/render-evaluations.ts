import { relative } from 'node:path';
import { summarize } from '@wellfit/analysis';
import type { RunStatus } from '@wellfit/core';
import type { Evaluation } from './evaluate-models.js';

const CUT_SHORT: readonly RunStatus[] = ['cancelled', 'failed', 'diverged'];

/**
 * For each set of rows a table with a line for each model, and for several seeds of an arm one with mean and standard
 * deviation; then which of the models come from runs that were not completed.
 */
export function renderEvaluations(evaluations: readonly Evaluation[], cwd: string): string {
  const tables = [...groupBy(evaluations, titleOf)].map(([title, own]) => `${title}\n${table(own, cwd)}\n`);
  const notes = evaluations.flatMap(({ run, status }) =>
    run !== undefined && status !== undefined && CUT_SHORT.includes(status)
      ? [
          `note: the run of ${run.arm}, seed ${run.seed}, was cut short (${status}): its model is what training left\n`,
        ]
      : [],
  );
  return tables.join('\n') + notes.join('');
}

const titleOf = ({ dataset, split, rows }: Evaluation): string =>
  `${dataset}, ${split}: ${rows.toLocaleString('en-US')} rows`;

function table(evaluations: readonly Evaluation[], cwd: string): string {
  const keys = [...new Set(evaluations.flatMap(({ logs }) => Object.keys(logs)))];
  const lines = [[evaluations.some(({ run }) => run) ? 'arm' : 'model', 'seed', ...keys]];
  for (const [arm, own] of groupBy(evaluations, ({ run, path }) => run?.arm ?? relative(cwd, path))) {
    for (const { run, logs } of own)
      lines.push([arm, String(run?.seed ?? ''), ...keys.map((key) => shown(logs[key]))]);
    if (own.length > 1)
      lines.push([arm, 'mean (sd)', ...keys.map((key) => meanAndSd(own.map(({ logs }) => logs[key])))]);
  }
  return aligned(lines);
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}

function shown(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(4);
}

function meanAndSd(values: readonly number[]): string {
  const { mean, sd } = summarize(values);
  return `${shown(mean)} (${shown(sd ?? undefined)})`;
}

/** Columns side by side: names to the left, numbers to the right. */
function aligned(table: readonly (readonly string[])[]): string {
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
