import type { ExperimentRecord } from '../experiment-record.js';
import { type CurveRow, curveRows } from '../figures/curve-rows.js';
import { upperLimit } from '../figures/figure-spec.js';
import { choosePanels, type Panel } from '../figures/panel.js';
import { type Colors, fit, printable, wrap } from '../terminal-text.js';
import { armPaint, armMark } from './arm-style.js';
import { lineChart } from './line-chart.js';

/** From so many columns on, training and validation stand side by side. */
const wide = 90;
const gap = 3;
const rows = 12;

/** Charts of loss and accuracy: training and validation with the same y-axis, and a legend of the arms. */
export function curveCharts(
  { runs }: ExperimentRecord,
  arms: readonly string[],
  columns: number,
  colors: Colors,
): string[] {
  const panels = choosePanels(runs);
  const charts = panels.flatMap((panel) => [
    ...panelLines(panel, curveRows(runs, panel, 'min-max'), arms, columns, colors),
    '',
  ]);
  return [...charts, ...legend(arms, columns, colors)];
}

function panelLines(
  panel: Panel,
  all: readonly CurveRow[],
  arms: readonly string[],
  columns: number,
  colors: Colors,
): string[] {
  const means = all.filter(({ tail }) => tail === undefined);
  const values = means.map(({ value }) => value);
  const limit = upperLimit(values);
  const last = means.reduce((max, { epoch }) => Math.max(max, epoch), 1);
  const frame = { low: Math.min(...values), high: limit ?? Math.max(...values), last, rows };
  const sets = (['training', 'validation'] as const).filter((set) => panel[set] !== undefined);
  const sideBySide = columns >= wide && sets.length === 2;
  const width = sideBySide ? Math.floor((columns - gap) / 2) : columns;
  const blocks = sets.map((set) => {
    const series = arms.map((arm, i) => ({
      values: means.filter((row) => row.arm === arm && row.set === set).map(({ value }) => value),
      paint: armPaint(i, colors),
      mark: armMark(i, arms.length, colors),
    }));
    const cut = limit === undefined ? '' : `, cut off above ${limit}`;
    const head = `${set === 'training' ? 'Training' : 'Validation'} ${panel.title.toLowerCase()} by epoch (${panel[set]}${cut})`;
    return [colors.bold(fit(head, width)), ...lineChart(series, { ...frame, columns: width })];
  });
  const [first, second] = blocks;
  if (!sideBySide) return blocks.flatMap((block, i) => (i === 0 ? block : ['', ...block]));
  return first.map((line, i) => `${line}${' '.repeat(gap)}${second[i]}`);
}

function legend(arms: readonly string[], columns: number, colors: Colors): string[] {
  const names = arms.map((arm, i) => {
    const mark = armMark(i, arms.length, colors);
    return { plain: `${mark ?? '──'} ${printable(arm)}`, mark: mark ?? '──', i };
  });
  const lines: string[] = [];
  let line: typeof names = [];
  const flush = () => {
    if (line.length > 0) lines.push(line.map((one) => painted(one, colors)).join('   '));
    line = [];
  };
  for (const one of names) {
    const length = [...line, one].reduce((sum, { plain }) => sum + plain.length + 3, -3);
    if (line.length > 0 && length > columns) flush();
    line.push({ ...one, plain: wrap(one.plain, columns)[0] });
  }
  flush();
  return lines;
}

function painted({ plain, mark, i }: { plain: string; mark: string; i: number }, colors: Colors): string {
  return plain.replace(mark, armPaint(i, colors)(mark));
}
