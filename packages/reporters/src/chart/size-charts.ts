import type { ExperimentRecord } from '../experiment-record.js';
import { type SizeCurves, sizeCurves, type SizeRow } from '../figures/training-sizes.js';
import { formatCount, formatMetric } from '../number-format.js';
import { alignRight, type Colors, fit, printable, wrap } from '../terminal-text.js';

const eighths = [...' ▏▎▍▌▋▊▉'];

/** Tables with bars of loss and accuracy over the number of training rows; none where all runs had the same. */
export function sizeCharts({ runs }: ExperimentRecord, columns: number, colors: Colors): string[] {
  const curves = sizeCurves(runs);
  return curves.flatMap((one) =>
    one.series.flatMap((series) =>
      (['loss', 'accuracy'] as const).flatMap((kind) => table(one, series, kind, columns, colors)),
    ),
  );
}

function table(
  { dataset, series: all, ...curves }: SizeCurves,
  series: string,
  kind: 'loss' | 'accuracy',
  columns: number,
  colors: Colors,
): string[] {
  const rows = curves[kind].filter((row) => row.series === series);
  if (rows.length === 0) return [];
  const of = (measure: SizeRow['measure'], size: number) =>
    rows.find((row) => row.measure === measure && row.rows === size)?.value;
  const sizes = curves.sizes.filter((size) => rows.some((row) => row.rows === size));
  const most = Math.max(
    ...rows.filter(({ measure }) => measure !== 'best validation').map(({ value }) => value),
  );
  const countWidth = Math.max(4, ...sizes.map((size) => formatCount(size).length));
  // Beside the bars stand the number of rows and three numbers of 6 digits, with blanks between them.
  const width = Math.max(2, Math.min(30, Math.floor((columns - countWidth - 8 - 2 * 8) / 2)));
  const cell = (value: number | undefined) =>
    value === undefined
      ? ' '.repeat(width + 8)
      : `  ${alignRight(brief(value), 5)} ${colors.cyan(blocks(value / most, width))}`;
  const head = `${alignRight('rows', countWidth)}  ${fit('training', width + 6)}  ${fit('validation', width + 6)}  ${alignRight('gap', 6)}`;
  const name = all.length > 1 ? `${series}, ` : '';
  const title = `${dataset === '' ? '' : `${printable(dataset)}: `}${kind} by training rows (${name}means over seeds, final weights)`;
  return [
    ...wrap(title, columns).map((line) => colors.bold(line)),
    fit(head, columns).trimEnd(),
    ...sizes.map((size) => {
      const [training, validation] = [of('training', size), of('validation', size)];
      const sign = kind === 'loss' ? 1 : -1;
      const gap =
        training === undefined || validation === undefined ? '' : brief(sign * (validation - training));
      return `${alignRight(formatCount(size), countWidth)}${cell(training)}${cell(validation)}  ${alignRight(gap, 6)}`;
    }),
    '',
  ];
}

/** A bar to an eighth of a character. */
function blocks(part: number, width: number): string {
  const filled = Math.round(8 * width * Math.min(1, Math.max(0, part)));
  const rest = filled % 8 === 0 ? '' : eighths[filled % 8];
  return ('█'.repeat(Math.floor(filled / 8)) + rest).padEnd(width);
}

function brief(value: number): string {
  return Math.abs(value) < 100 ? value.toFixed(3) : formatMetric(value);
}
