import stringWidth from 'string-width';
import { alignRight, type Colors, fit, printable, wrap } from './terminal-text.js';

/** A column of a table of text. */
export interface TextColumn {
  readonly title: string;
  /** One for each row. Whatever could steer a terminal is taken out. */
  readonly cells: readonly string[];
  /** Numbers stand on the right. */
  readonly right?: boolean;
  /** Where there is not room for all, the columns with the highest number go first; those without one stay. */
  readonly spare?: number;
  /** Colors a cell after it was laid out. */
  readonly paint?: (text: string, row: number) => string;
}

/** How wide a table may be, and its colors. */
export interface TextLook {
  /** Infinite for a pipe. */
  readonly width: number;
  readonly colors: Colors;
}

/**
 * Lines of a table with its titles above. Where it is too wide, spare columns are left out; where it still is, each row
 * becomes a short list.
 */
export function textTable(columns: readonly TextColumn[], { width, colors }: TextLook): string[] {
  let shown = columns.map((column) => laidOut(column));
  const whole = shown;
  while (widthOf(shown) > width) {
    const last = Math.max(...shown.map(({ spare }) => spare ?? -1));
    if (last < 0) return rowLists(whole, { width, colors });
    shown = shown.filter(({ spare }) => spare !== last);
  }
  const rows = shown[0]?.cells.length ?? 0;
  const line = (cell: (column: LaidOut) => string): string => shown.map(cell).join('  ').trimEnd();
  const titles = colors.bold(line((column) => aligned(column, column.title)));
  const body = Array.from({ length: rows }, (_, row) =>
    line((column) => {
      const text = aligned(column, column.cells[row]);
      return column.paint?.(text, row) ?? text;
    }),
  );
  return [titles, ...body];
}

interface LaidOut extends TextColumn {
  readonly columns: number;
}

function laidOut(column: TextColumn): LaidOut {
  const cells = column.cells.map((cell) => (isPlain(cell) ? cell : printable(cell)));
  return { ...column, cells, columns: Math.max(...[column.title, ...cells].map(columnsOf)) };
}

function widthOf(shown: readonly LaidOut[]): number {
  return shown.reduce((sum, { columns }) => sum + columns + 2, -2);
}

function aligned({ columns, right }: LaidOut, text: string): string {
  if (isPlain(text)) return right ? text.padStart(columns) : text.padEnd(columns);
  return right ? alignRight(text, columns) : fit(text, columns);
}

/** Every row as a list: its first cell, then what the others hold. */
function rowLists(columns: readonly LaidOut[], { width, colors }: TextLook): string[] {
  const [first, ...others] = columns;
  return first.cells.flatMap((name, row) => [
    ...wrap(name, width).map((line) => colors.bold(line)),
    ...others
      .filter(({ cells }) => cells[row] !== '')
      .flatMap(({ title, cells, paint }) =>
        wrap(`${title}: ${cells[row]}`, width).map((line) => paint?.(line, row) ?? line),
      ),
    '',
  ]);
}

/** Most cells are, and thousands of them are measured at once. */
function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function columnsOf(text: string): number {
  return isPlain(text) ? text.length : stringWidth(text);
}
