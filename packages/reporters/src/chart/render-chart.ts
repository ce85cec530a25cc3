import pc from 'picocolors';
import type { ExperimentRecord } from '../experiment-record.js';
import { curveCharts } from './curve-charts.js';
import { histogramLines } from './histogram-lines.js';
import { sizeCharts } from './size-charts.js';

/** How to draw charts of text. */
export interface ChartOptions {
  /** Columns of the terminal; fewer than 36 count as 36. */
  readonly columns: number;
  /** Whether to use ANSI colors. Without, letters tell the arms apart. */
  readonly color: boolean;
}

const fewestColumns = 36;

/**
 * An experiment as charts of text: loss and accuracy of all arms over the epochs, and where the runs have them, the same
 * over training-set size, and histograms of weights and activations. Curves are means over seeds, as far as all seeds of
 * an arm go.
 *
 * @returns Lines, each ended by a newline and no wider than `columns`.
 * @example
 * process.stdout.write(renderChart(readRunFolder(folder), { columns: 80, color: true }));
 */
export function renderChart(record: ExperimentRecord, { columns, color }: ChartOptions): string {
  const { runs, start } = record;
  if (!runs.some(({ epochs }) => epochs.length > 0)) return 'No epoch was finished.\n';
  const colors = pc.createColors(color);
  const width = Math.max(fewestColumns, Math.floor(columns));
  const arms = start?.arms ?? [...new Set(runs.map(({ arm }) => arm))];
  const lines = [
    ...curveCharts(record, arms, width, colors),
    '',
    ...sizeCharts(record, width, colors),
    ...histogramLines(record, arms, width, colors),
  ];
  return `${lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()}\n`;
}
