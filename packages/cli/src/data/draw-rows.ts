import type { Dataset } from '@wellfit/core';
import { CliError } from '../errors.js';

/** A row as it is shown. */
export interface ShownRow {
  readonly row: number;
  readonly label: string;
  /** The values of an image, or the columns of a multi-hot row that are on. */
  readonly values: Float32Array;
}

/** A figure of some rows, as SVG and as text. */
export interface Drawing {
  svg(): string;
  text(options: { readonly columns: number; readonly color: boolean }): string;
}

/**
 * Draws images or multi-hot rows. The text has as many images as fit side by side, and says how many that are.
 *
 * @throws CliError `usage` from `svg()` for several multi-hot rows: each fills a figure.
 */
export async function drawRows(dataset: Dataset, rows: readonly ShownRow[]): Promise<Drawing> {
  const { imageGridSvg, imageText, multiHotSvg, multiHotText } = await import('@wellfit/reporters');
  if (dataset.inputKind === 'multi-hot') {
    const [width] = dataset.inputShape;
    const titleOf = ({ row, label, values }: ShownRow): string =>
      `${dataset.name}, row ${row}: ${label} (${values.length} of ${width} columns are 1)`;
    return {
      svg() {
        if (rows.length === 1) return multiHotSvg(rows[0].values, width, titleOf(rows[0]));
        throw new CliError(
          'usage',
          `--out draws one row of ${dataset.name}: choose it by --rows, not ${rows.length}.`,
        );
      },
      text: (options) =>
        rows.map((row) => `${titleOf(row)}\n${multiHotText(row.values, width, options)}\n`).join('\n'),
    };
  }
  const [height, width, channels = 1] = dataset.inputShape;
  const range = rangeOf(rows);
  const images = rows.map(({ label, values }) => ({ label, pixels: toPixels(values, range) }));
  const size = { height, width, channels };
  return {
    svg: () => imageGridSvg(images, size),
    text({ columns, color }) {
      const fitting = images.slice(0, Math.max(1, Math.min(6, Math.floor((columns + 2) / (width + 2)))));
      const drawn = fitting.map((image) =>
        // Not trimmed: images are as high as each other, also where their lowest lines are blank.
        imageText({ ...image, ...size }, { color })
          .replace(/\n$/, '')
          .split('\n'),
      );
      const labels = fitting.map(({ label }) => label.slice(0, width).padEnd(width)).join('  ');
      const lines = drawn[0].map((_, i) => drawn.map((image) => image[i]).join('  '));
      const left = images.length - fitting.length;
      const note =
        left > 0 ? [`The first ${fitting.length} of ${images.length} rows; --out draws all of them.`] : [];
      return `${[...lines, labels, ...note].join('\n')}\n`;
    },
  };
}

/** Standardized images have no natural range: the darkest value shown becomes black, the brightest white. */
function rangeOf(rows: readonly ShownRow[]): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of rows) {
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return { low, high };
}

function toPixels(values: Float32Array, { low, high }: ReturnType<typeof rangeOf>): Uint8Array {
  const scale = high > low ? 255 / (high - low) : 0;
  return Uint8Array.from(values, (value) => Math.round((value - low) * scale));
}
