import stringWidth from 'string-width';
import { formatDuration, formatMetric } from './number-format.js';
import { type ProgressRow, remainingMs } from './progress-board.js';
import { bar, sparkline } from './sparkline.js';
import { alignRight, fit, printable } from './terminal-text.js';

/** A column of the live table. */
export interface LiveColumn {
  /** The lower, the longer the column stays when the terminal gets narrow. */
  readonly rank: number;
  /** Title, then one cell per run, all of the same width. */
  readonly cells: readonly string[];
}

/** The columns that fit into `width`, side by side with two spaces between; at least the first. */
export function liveColumns(rows: readonly ProgressRow[], width: number): LiveColumn[] {
  const all = allColumns(rows);
  const byRank = all.toSorted((a, b) => a.rank - b.rank);
  const widthOf = (columns: readonly LiveColumn[]) =>
    stringWidth(columns.map(({ cells }) => cells[0]).join('  '));
  while (byRank.length > 1 && widthOf(byRank) > width) byRank.pop();
  return all.filter((column) => byRank.includes(column));
}

function allColumns(rows: readonly ProgressRow[]): LiveColumn[] {
  const column = (
    rank: number,
    pad: typeof fit,
    title: string,
    value: (row: ProgressRow) => string,
  ): LiveColumn => {
    const cells = [title, ...rows.map(value)];
    const width = Math.max(...cells.map((cell) => stringWidth(cell)));
    return { rank, cells: cells.map((cell) => pad(cell, width)) };
  };
  const metric = (rank: number, key: string): LiveColumn[] =>
    rows.some(({ logs }) => key in logs)
      ? [column(rank, alignRight, key, ({ logs }) => (key in logs ? formatMetric(logs[key]) : ''))]
      : [];
  const manySeeds = rows.some(({ seed }) => seed !== rows[0].seed);
  return [
    column(0, fit, '  arm', ({ arm, state }) => `${glyphs[state]} ${printable(arm)}`),
    ...(manySeeds ? [column(2, alignRight, 'seed', ({ seed }) => String(seed))] : []),
    column(1, alignRight, 'epoch', ({ state, done, epochs }) =>
      state === 'waiting' ? '' : `${Math.floor(done)}/${epochs}`,
    ),
    column(5, fit, '', ({ done, epochs }) => (epochs > 0 ? bar(done / epochs, 10) : ' '.repeat(10))),
    ...metric(6, 'loss'),
    ...metric(3, 'val_loss'),
    ...metric(7, 'val_accuracy'),
    column(4, fit, 'val_loss curve', ({ valLosses }) => sparkline(valLosses, 14)),
    column(8, alignRight, 'time', (row) => timeText(row, rows)),
  ];
}

const glyphs: Readonly<Record<ProgressRow['state'], string>> = {
  waiting: '·',
  running: '▸',
  completed: '✓',
  stopped: '■',
  diverged: '✗',
  cancelled: '–',
  failed: '✗',
};

/** What a run took, or is expected to take still. */
function timeText(row: ProgressRow, rows: readonly ProgressRow[]): string {
  if (row.state === 'waiting') return '';
  if (row.state !== 'running') return formatDuration(row.spentMs);
  const rest = remainingMs(row, rows);
  return rest === undefined || rest < 500 ? '' : `${formatDuration(rest)} left`;
}
