import asciichart from 'asciichart';
import stringWidth from 'string-width';
import { alignRight, fit } from '../terminal-text.js';
import { niceStep, tickText } from './nice-ticks.js';

/** A curve and how to draw it. */
export interface ChartSeries {
  /** Values at epochs 1, 2, and so on. */
  readonly values: readonly number[];
  /** Colors a character. */
  readonly paint: (text: string) => string;
  /** A letter that is put on the line again and again, where colors do not tell lines apart. */
  readonly mark?: string;
}

/** Where to draw. */
export interface ChartFrame {
  /** Columns in all, with the labels of the y-axis. */
  readonly columns: number;
  /** The most rows of the plot. */
  readonly rows: number;
  /** Lowest and highest value; curves are cut off at these. */
  readonly low: number;
  readonly high: number;
  /** The last epoch of the x-axis. */
  readonly last: number;
}

interface Cell {
  readonly text: string;
  readonly paint: (text: string) => string;
}

const fewestColumns = 10;

/**
 * Draws curves over epochs as lines of text, with labeled axes. Later curves lie over earlier ones.
 *
 * @returns Lines of exactly `columns` columns, at least 20.
 */
export function lineChart(series: readonly ChartSeries[], frame: ChartFrame): string[] {
  const axis = yAxis(frame);
  const labels = axis.ticks.map(({ text }) => text);
  const labelWidth = Math.max(...labels.map((label) => stringWidth(label)));
  const width = Math.max(fewestColumns, frame.columns - labelWidth - 1);
  const grid = Array.from({ length: axis.rows + 1 }, () =>
    new Array<Cell | undefined>(width).fill(undefined),
  );
  for (const one of series) drawLine(grid, one, axis, frame.last, width);
  series.forEach((one, i) => drawMarks(grid, one, i, series.length, axis, frame.last, width));
  const plot = grid.map((cells, row) => {
    const tick = axis.ticks.find((other) => other.row === row);
    const line = cells.map((cell) => cell?.paint(cell.text) ?? ' ').join('');
    return `${alignRight(tick?.text ?? '', labelWidth)}${tick ? '┤' : '│'}${line}`;
  });
  const [ruler, numbers] = xAxis(frame.last, width);
  const space = ' '.repeat(labelWidth);
  return [...plot, `${space}└${ruler}`, `${space} ${numbers}`];
}

interface YAxis {
  readonly min: number;
  readonly max: number;
  readonly rows: number;
  readonly ticks: readonly { readonly row: number; readonly text: string }[];
}

/** Round ticks, each on a row of its own. */
function yAxis({ low, high, rows }: ChartFrame): YAxis {
  const span = high - low > 0 ? high - low : Math.max(Math.abs(high), 1e-3);
  const step = niceStep(span, Math.max(2, Math.floor(rows / 2.4)));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const each = Math.max(1, Math.floor(rows / (last - first)));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => ({
    row: i * each,
    text: tickText((last - i) * step, step),
  }));
  return { min: first * step, max: last * step, rows: (last - first) * each, ticks };
}

/** A curve stretched or thinned to one value per column, and one more, which asciichart draws on the axis. */
function stretched(values: readonly number[], { min, max }: YAxis, last: number, width: number): number[] {
  const perColumn = (last - 1) / width;
  const count = perColumn === 0 ? width : Math.round((values.length - 1) / perColumn);
  return Array.from({ length: count + 1 }, (_, column) => {
    const at = Math.min(values.length - 1, column * perColumn);
    const before = values[Math.floor(at)];
    const value = before + (at % 1) * ((values[Math.floor(at) + 1] ?? before) - before);
    return Math.min(max, Math.max(min, value));
  });
}

function drawLine(
  grid: (Cell | undefined)[][],
  one: ChartSeries,
  axis: YAxis,
  last: number,
  width: number,
): void {
  if (one.values.length === 0) return;
  const values = stretched(one.values, axis, last, width);
  const text = asciichart.plot(values.length === 1 ? [values[0], values[0]] : values, {
    min: axis.min,
    max: axis.max,
    height: axis.rows,
    offset: 1,
    format: () => ' ',
  });
  text.split('\n').forEach((line, row) => {
    // The first character is the y-axis, which all curves share.
    [...line].slice(1).forEach((character, column) => {
      if (character !== ' ' && column < width) grid[row][column] = { text: character, paint: one.paint };
    });
  });
}

/** Marks of different curves stand in different columns, so that curves that coincide show all of theirs. */
function drawMarks(
  grid: (Cell | undefined)[][],
  { values, mark, paint }: ChartSeries,
  index: number,
  count: number,
  axis: YAxis,
  last: number,
  width: number,
): void {
  if (mark === undefined || values.length === 0) return;
  const drawn = stretched(values, axis, last, width);
  const period = Math.max(8, 2 * count);
  drawn.slice(1).forEach((value, column) => {
    if ((column - 2 * index - 1) % period !== 0) return;
    const row = Math.round(((axis.max - value) / (axis.max - axis.min)) * axis.rows);
    if (column < width) grid[row][column] = { text: mark, paint };
  });
}

function xAxis(last: number, width: number): [string, string] {
  const column = (epoch: number) => (last === 1 ? 0 : Math.round(((epoch - 1) / (last - 1)) * (width - 1)));
  const step = Math.max(1, niceStep(last, Math.max(1, Math.floor(width / 9))));
  const inner = Array.from({ length: Math.floor(last / step) }, (_, i) => (i + 1) * step);
  const ruler = new Array<string>(width).fill('─');
  let numbers = '';
  for (const epoch of [
    1,
    ...inner.filter((epoch) => epoch > 1 && epoch < last),
    ...(last > 1 ? [last] : []),
  ]) {
    const text = String(epoch);
    // A label ends at the last column at most, and two of them never touch.
    const start = Math.min(column(epoch), width - text.length);
    const isLast = epoch === last;
    if (numbers !== '' && start < numbers.length + 1) continue;
    if (!isLast && start + text.length + 1 > width - String(last).length) continue;
    ruler[column(epoch)] = '┬';
    numbers = numbers.padEnd(start) + text;
  }
  return [ruler.join(''), fit(numbers, width)];
}
