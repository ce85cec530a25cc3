import { figureColors } from './figure-style.js';
import { armColor } from './palette.js';
import { escapeXml, figureFont, fitPixels } from './svg-text.js';

/** Width of the grid, in pixels. */
const wanted = 500;
const margin = 12;
const top = 34;

/**
 * Draws a row of a multi-hot matrix as SVG: a square grid of cells, one per column of the matrix, read line by line;
 * those that are 1 are filled.
 *
 * @param indices The columns that are 1, from 0, in any order; those outside of the width are left out.
 * @param width Columns of the matrix.
 * @param title Stands above the grid; cut off where it is too long.
 * @example
 * writeFileSync('review.svg', multiHotSvg([1, 14, 22], 10_000, 'imdb, row 0: positive'));
 */
export function multiHotSvg(indices: ArrayLike<number>, width: number, title: string): string {
  const columns = Math.max(1, Math.ceil(Math.sqrt(width)));
  const rows = Math.max(1, Math.ceil(width / columns));
  const cell = Math.max(2, Math.floor(wanted / columns));
  const on = new Set(Array.from(indices).filter((index) => index >= 0 && index < width));
  const sorted = [...on].sort((a, b) => a - b);
  // A little white between cells, where there is room for it.
  const side = cell > 4 ? cell - 1 : cell;
  const squares = sorted.map(
    (index) => `M${(index % columns) * cell} ${Math.floor(index / columns) * cell}h${side}v${side}h-${side}z`,
  );
  const [w, h] = [columns * cell, rows * cell];
  const whole = [w + 2 * margin, h + top + 2 * margin + 12];
  const small = `font-size="11" y="${top + h + 18}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole[0]}" height="${whole[1]}" viewBox="0 0 ${whole[0]} ${whole[1]}" ` +
    `font-family="${figureFont}" fill="${figureColors.ink}"><rect width="100%" height="100%" fill="white"/>` +
    `<text x="${margin}" y="22" font-size="13" font-weight="bold">${escapeXml(fitPixels(title, 0.95 * w, 13))}</text>` +
    `<rect x="${margin - 0.5}" y="${top - 0.5}" width="${w + 1}" height="${h + 1}" fill="#f7f8f9" stroke="${figureColors.grid}"/>` +
    `<path transform="translate(${margin} ${top})" fill="${armColor(0).light}" d="${squares.join('')}"/>` +
    `<text x="${margin}" ${small}>columns 0 to ${width - 1}, ${columns} to a line; ${on.size} are 1</text></svg>\n`
  );
}
