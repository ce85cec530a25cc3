import stringWidth from 'string-width';
import { liveColumns } from './live-columns.js';
import { formatBytes, formatDuration } from './number-format.js';
import { type ProgressBoard, type ProgressRow, remainingMs } from './progress-board.js';
import { bar } from './sparkline.js';
import { type Colors, fit, printable } from './terminal-text.js';

/** Room for the display, in characters. */
export interface DisplaySize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * The live display as lines: never more than `rows`, never wider than `columns`. Columns that do not fit are left
 * out, and of the runs those are shown that go on, ended last or come next.
 */
export function renderBoard(board: ProgressBoard, { columns, rows }: DisplaySize, colors: Colors): string[] {
  const room = Math.max(1, rows);
  const clip = (line: string) => fit(line, columns).trimEnd();
  const loading = board.loading.map((file) => clip(loadingLine(file, columns)));
  const above = [colors.bold(clip(headLine(board))), ...loading].slice(0, room);
  const left = room - above.length;
  if (left === 0 || board.rows.length === 0) return above;
  const table = liveColumns(board.rows, columns);
  const line = (index: number) => clip(table.map(({ cells }) => cells[index]).join('  '));
  const titles = left > 3 ? [colors.dim(line(0))] : [];
  const shown = visibleRows(board.rows, left - titles.length);
  const runs = board.rows.flatMap((row, i) => (shown.has(row) ? [paint(colors, row)(line(i + 1))] : []));
  return [...above, ...titles, ...runs];
}

function headLine({ title, rows }: ProgressBoard): string {
  const ended = rows.filter(({ state }) => state !== 'waiting' && state !== 'running').length;
  const all = rows.map((row) => remainingMs(row, rows) ?? NaN).reduce((sum, ms) => sum + ms, 0);
  // Those that go on share the work that is left.
  const rest = all / Math.max(1, rows.filter(({ state }) => state === 'running').length);
  const runs = rows.length === 0 ? [] : [`${ended}/${rows.length} runs`];
  const time = rest > 0 ? [`${formatDuration(rest)} to go`] : [];
  return [...(title === '' ? [] : [printable(title)]), ...runs, ...time].join(' · ');
}

function loadingLine(
  { stage, file, done, total }: ProgressBoard['loading'][number],
  columns: number,
): string {
  const name = `${printable(stage)} ${printable(file)}`;
  if (total === undefined || total <= 0) return `${name} ${formatBytes(done)}`;
  const percent = `${String(Math.floor((100 * done) / total)).padStart(3)}%`;
  const size = ` of ${formatBytes(total)}`;
  const width = Math.min(30, columns - stringWidth(`${name}  ${percent}${size}`));
  return width >= 4 ? `${name} ${bar(done / total, width)} ${percent}${size}` : `${percent} ${name}`;
}

/** Those that go on, the one that ended last, the next one, then others that ended, then others to come. */
function visibleRows(rows: readonly ProgressRow[], count: number): Set<ProgressRow> {
  const running = rows.filter(({ state }) => state === 'running');
  const [next, ...later] = rows.filter(({ state }) => state === 'waiting');
  const [last, ...earlier] = rows.filter(({ state }) => state !== 'running' && state !== 'waiting').reverse();
  const wanted = [...running, last, next, ...earlier, ...later].filter((row) => row !== undefined);
  return new Set(wanted.slice(0, count));
}

function paint(colors: Colors, { state }: ProgressRow): (line: string) => string {
  switch (state) {
    case 'waiting':
    case 'cancelled':
      return colors.dim;
    case 'diverged':
    case 'failed':
      return colors.red;
    case 'running':
      return colors.cyan;
    case 'completed':
    case 'stopped':
      return (line) => line;
  }
}
