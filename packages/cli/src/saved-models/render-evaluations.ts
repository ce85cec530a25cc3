import type { Evaluation } from './evaluate-models.js';

/** A table with a line for each model, and for several seeds of an arm one with mean and standard deviation. */
export function renderEvaluations(evaluations: readonly Evaluation[]): string {
  const keys = [...new Set(evaluations.flatMap(({ logs }) => Object.keys(logs)))];
  const table = [['arm', 'seed', ...keys]];
  for (const [arm, own] of byArm(evaluations)) {
    for (const { run, logs } of own)
      table.push([arm, String(run?.seed ?? ''), ...keys.map((key) => shown(logs[key]))]);
    if (own.length > 1)
      table.push([arm, 'mean (sd)', ...keys.map((key) => meanAndSd(own.map(({ logs }) => logs[key])))]);
  }
  const [{ dataset, split, rows }] = evaluations;
  const title = `${dataset}, ${split}: ${rows.toLocaleString('en-US')} rows`;
  return `${title}\n${aligned(table)}\n`;
}

function byArm(evaluations: readonly Evaluation[]): ReadonlyMap<string, readonly Evaluation[]> {
  const arms = new Map<string, Evaluation[]>();
  for (const evaluation of evaluations) {
    const arm = evaluation.run?.arm ?? evaluation.path;
    arms.set(arm, [...(arms.get(arm) ?? []), evaluation]);
  }
  return arms;
}

function shown(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(4);
}

function meanAndSd(values: readonly number[]): string {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return `${shown(mean)} (${shown(Math.sqrt(squares / (values.length - 1)))})`;
}

/** Columns side by side: names to the left, numbers to the right. */
export function aligned(table: readonly (readonly string[])[]): string {
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
