import pc from 'picocolors';
import { wrap } from '../terminal-text.js';

const mostColumns = 100;
const mostRows = 20;
const shades = [...'░▒▓█'];

/**
 * Draws a row of a multi-hot matrix as lines of text: a grid of characters read line by line, each for one or several
 * columns, the darker the more of them are 1; a line below says for how many.
 *
 * @param indices The columns that are 1, from 0; those outside of the width are left out.
 * @param width Columns of the matrix.
 * @returns Lines of at most `columns` characters, without a newline at the end.
 */
export function multiHotText(
  indices: ArrayLike<number>,
  width: number,
  { columns, color }: { readonly columns: number; readonly color: boolean },
): string {
  const across = Math.max(1, Math.min(columns, mostColumns, Math.max(10, Math.ceil(Math.sqrt(2 * width)))));
  const each = Math.max(1, Math.ceil(width / (across * mostRows)));
  const counts = new Array<number>(Math.ceil(width / each)).fill(0);
  for (const index of Array.from(indices)) {
    if (index >= 0 && index < width) counts[Math.floor(index / each)] += 1;
  }
  const most = Math.max(1, ...counts);
  const colors = pc.createColors(color);
  const shade = (count: number) =>
    count === 0
      ? colors.dim('·')
      : colors.cyan(most === 1 ? '█' : shades[Math.round(((count - 1) / (most - 1)) * (shades.length - 1))]);
  const lines = Array.from({ length: Math.ceil(counts.length / across) }, (_, line) =>
    counts
      .slice(line * across, (line + 1) * across)
      .map(shade)
      .join(''),
  );
  const size = each === 1 ? 'one column' : `${each} columns`;
  const scale = most === 1 ? '█ 1' : `░ one to █ ${most} of them 1`;
  return [...lines, ...wrap(`Each character is ${size}: · all 0, ${scale}.`, columns)].join('\n');
}
