import type { ExperimentAnalysis, Verdict } from '@wellfit/core';
import stringWidth from 'string-width';
import { conclusions } from './conclusions.js';
import { type ResultColumn, resultColumns } from './result-columns.js';
import { alignRight, type Colors, fit, printable, wrap } from './terminal-text.js';

/** Below this many columns of numbers a table says too little, and a list says more. */
const fewestColumns = 3;

/**
 * The results of an experiment for a terminal or a pipe: a table with one row per arm, then each verdict with its
 * evidence. Where the table is wider than `width`, first the standard deviations go, then the columns on the right;
 * where even that is too wide, each arm becomes a short list.
 *
 * @param width Columns of the terminal; unlimited for a pipe.
 */
export function resultsTable(analysis: ExperimentAnalysis, colors: Colors, width = Infinity): string {
  const columns = resultColumns(analysis);
  const fitting = [...tables(analysis, columns, colors)].find((table) =>
    table.every((line) => stringWidth(line) <= width),
  );
  const results = fitting ?? listLines(analysis, columns, colors, width);
  const evidence = fitting === undefined ? [] : ['', ...evidenceLines(analysis, colors, width)];
  const remarks = remarksOn(analysis).flatMap((remark) => wrap(remark, width));
  return [...results, ...evidence, ...remarks].map((line) => `${line.trimEnd()}\n`).join('');
}

/** The same table from wide to narrow. */
function* tables(
  analysis: ExperimentAnalysis,
  columns: readonly ResultColumn[],
  colors: Colors,
): Generator<string[]> {
  yield tableLines(analysis, columns, colors, true);
  for (let count = columns.length; count >= Math.min(fewestColumns, columns.length); count -= 1) {
    yield tableLines(analysis, columns.slice(0, count), colors, false);
  }
}

function tableLines(
  { arms }: ExperimentAnalysis,
  columns: readonly ResultColumn[],
  colors: Colors,
  spread: boolean,
): string[] {
  const names = ['', 'arm', ...arms.map(({ arm }) => printable(arm))];
  const verdicts = ['', 'verdict', ...arms.map(({ verdict }) => verdict)];
  const numbers = columns.map(({ over, title, value }) => [
    over,
    title,
    ...arms.map((arm) => value(arm, spread)),
  ]);
  const widthOf = (cells: readonly string[]) => Math.max(...cells.map((cell) => stringWidth(cell)));
  return names.map((name, row) => {
    const verdict = fit(verdicts[row], widthOf(verdicts));
    const cells = numbers.map((column) => alignRight(column[row], widthOf(column)));
    const line = (shown: string) => [fit(name, widthOf(names)), shown, ...cells].join('  ');
    return row < 2 ? colors.bold(line(verdict)) : line(paint(colors, arms[row - 2].verdict)(verdict));
  });
}

function evidenceLines({ arms }: ExperimentAnalysis, colors: Colors, width: number): string[] {
  return arms.flatMap(({ arm, verdict, evidence }) => {
    const [first, ...rest] = wrap(`${printable(arm)}: ${verdict}. ${printable(evidence)}`, width);
    return [first.replace(`: ${verdict}.`, `: ${paint(colors, verdict)(verdict)}.`), ...rest];
  });
}

function listLines(
  { arms }: ExperimentAnalysis,
  columns: readonly ResultColumn[],
  colors: Colors,
  width: number,
): string[] {
  return arms.flatMap((arm) => [
    ...wrap(printable(arm.arm), width).map((line) => colors.bold(line)),
    paint(colors, arm.verdict)(arm.verdict),
    ...columns.flatMap((column) =>
      wrap(`${column.over} ${column.title}: ${column.value(arm, true)}`.trim(), width),
    ),
    ...wrap(printable(arm.evidence), width),
    '',
  ]);
}

function remarksOn(analysis: ExperimentAnalysis): string[] {
  const { arms, baseline } = analysis;
  const seeds = Math.max(0, ...arms.map(({ runs }) => runs));
  const spread = seeds > 1 ? ` Means over ${seeds} seeds, ± standard deviation where there is room.` : '';
  return [...conclusions(analysis).map(printable), `Baseline: ${printable(baseline)}.${spread}`];
}

function paint(colors: Colors, verdict: Verdict): (text: string) => string {
  switch (verdict) {
    case 'good fit':
      return colors.green;
    case 'diverged':
    case 'not learning':
      return colors.red;
    case 'overfit':
    case 'overtrained':
    case 'underfit':
      return colors.yellow;
    case 'inconclusive':
      return colors.dim;
  }
}
