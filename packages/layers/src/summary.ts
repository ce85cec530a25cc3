import type { Weight } from '@wellfit/core';
import type { Layer } from './layer.js';

/** Widths of the three columns, without the spaces beside the bars: those of Keras on an 80-column terminal. */
const COLUMNS = [31, 22, 13] as const;

/**
 * The table of layers, output shapes and parameters, as Keras 3 prints it.
 *
 * @param name The model's name.
 */
export function summarize(name: string, layers: readonly Layer[]): string {
  const rows = layers.map((layer): Row => [
    layer.name,
    `(${layer.type})`,
    `(${['None', ...layer.outputShape].join(', ')})`,
    countOf(layer.weights).toLocaleString('en-US'),
  ]);
  const weights = layers.flatMap((layer) => layer.weights);
  const total = (title: string, of: readonly Weight[]): string =>
    ` ${title}: ${countOf(of).toLocaleString('en-US')} (${bytes(4 * countOf(of))})`;

  return [
    `Model: "${name}"`,
    rule('┏', '┳', '┓', '━'),
    line('┃', ['Layer (type)', 'Output Shape', 'Param #']),
    rule('┡', '╇', '┩', '━'),
    rows.map((row) => cells(row)).join(`\n${rule('├', '┼', '┤', '─')}\n`),
    rule('└', '┴', '┘', '─'),
    total('Total params', weights),
    total(
      'Trainable params',
      weights.filter((weight) => weight.trainable),
    ),
    total(
      'Non-trainable params',
      weights.filter((weight) => !weight.trainable),
    ),
  ].join('\n');
}

function countOf(weights: readonly Weight[]): number {
  return weights.reduce((sum, weight) => sum + weight.variable.size, 0);
}

/** Bytes with the units and digits that Keras uses. */
function bytes(count: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let scaled = count;
  let unit = 0;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit += 1;
  }
  return `${scaled.toFixed(2)} ${units[unit]}`;
}

function rule(left: string, middle: string, right: string, dash: string): string {
  return left + COLUMNS.map((width) => dash.repeat(width + 2)).join(middle) + right;
}

/** Name, type, output shape and parameters. */
type Row = readonly [string, string, string, string];

/** One table row; a layer's name and type that do not fit side by side go on two lines. */
function cells([name, type, shape, parameters]: Row): string {
  const layer = `${name} ${type}`;
  if (layer.length <= COLUMNS[0]) return line('│', [layer, shape, parameters]);
  return `${line('│', [name, shape, parameters])}\n${line('│', [type, '', ''])}`;
}

function line(bar: string, [layer, shape, parameters]: [string, string, string]): string {
  const padded = [layer.padEnd(COLUMNS[0]), shape.padEnd(COLUMNS[1]), parameters.padStart(COLUMNS[2])];
  return `${bar} ${padded.join(` ${bar} `)} ${bar}`;
}
