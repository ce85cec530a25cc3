import type { History } from '@wellfit/core';
import type { TopLevelSpec } from 'vega-lite';
import type { Band } from './curve-rows.js';
import { figureConfig } from './figure-style.js';
import { armColor } from './palette.js';
import { type SizeCurves, sizeCurves, type SizeMeasure, type SizeRow } from './training-sizes.js';

/** How to draw curves over training-set size. */
export interface TrainingSizeOptions {
  /** Width of a panel's plot, in pixels; 360 by default. */
  readonly width?: number;
  /** Height of a panel's plot, in pixels; 230 by default. */
  readonly height?: number;
  /** `min-max` by default. */
  readonly band?: Band;
  /** `white` by default. */
  readonly background?: string;
}

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

const measures: readonly SizeMeasure[] = ['training', 'validation', 'best validation'];
const dashes = [
  [1, 0],
  [5, 4],
  [1.5, 3],
];

/**
 * The Vega-Lite description of curves over training-set size: a row for each dataset with a panel for the loss and one
 * for the accuracy, the number of training rows on a logarithmic x-axis. Training is solid, validation dashed, both of
 * the final weights, and the gap between them is tinted; the best epoch of the validation is dotted. Returns undefined
 * where no dataset was trained on with two numbers of rows.
 *
 * @example
 * const spec = trainingSizeSpec(readRunFolder(folder).runs);
 * if (spec) writeFileSync('training-size.svg', await renderSvg(spec));
 */
export function trainingSizeSpec(
  histories: readonly History[],
  options: TrainingSizeOptions = {},
): TopLevelSpec | undefined {
  const { band = 'min-max', background = 'white' } = options;
  const curves = sizeCurves(histories, band);
  if (curves.length === 0) return undefined;
  const series = curves.flatMap((one) => one.series);
  const rows = curves.map((one) => {
    const panels = [
      panelSpec(one, 'loss', series, options),
      ...(one.accuracy.length > 0 ? [panelSpec(one, 'accuracy', series, options)] : []),
    ];
    return { hconcat: panels, spacing: 64, bounds: 'flush' as const };
  });
  const frame = { background, padding: 8, config: figureConfig(true, (options.width ?? 360) * 2) };
  return { ...frame, vconcat: rows, spacing: 34 };
}

function panelSpec(
  { dataset, sizes, series: own, ...curves }: SizeCurves,
  kind: 'loss' | 'accuracy',
  series: readonly string[],
  { width = 360, height = 230 }: TrainingSizeOptions,
) {
  const rows = curves[kind];
  const [low, high] = [sizes[0], sizes[sizes.length - 1]];
  const domain: [number, number] = [low, high];
  const ticks: number[] = [...sizes];
  const x = {
    field: 'rows',
    type: 'quantitative',
    title: 'training rows',
    scale: { type: 'log', domain, nice: false },
    axis: { values: ticks, format: ',d', grid: false, labelOverlap: true },
  } as const;
  const y = {
    field: 'value',
    type: 'quantitative',
    title: null,
    scale: { zero: false },
    axis: { tickCount: 6 },
  } as const;
  const color = {
    field: 'series',
    type: 'nominal',
    scale: { domain: [...series], range: series.map((_, i) => armColor(i).light) },
    // A single curve has the panel's title for its name.
    legend: series.length > own.length || series.length === 1 ? null : { title: null, symbolType: 'stroke' },
  } as const;
  const strokeDash = {
    field: 'measure',
    type: 'nominal',
    scale: { domain: [...measures], range: dashes },
    legend: { title: null, symbolType: 'stroke' },
  } as const;
  const shown = rows.filter(({ measure }) => measure !== 'best validation');
  const layers: Layer[] = [
    {
      data: { values: gaps(rows) },
      mark: { type: 'area', opacity: 0.1 },
      encoding: { x, y: { ...y, field: 'from' }, y2: { field: 'to' }, color },
    },
    {
      data: { values: shown.filter((row) => row.low !== undefined) },
      mark: { type: 'rule', strokeWidth: 1.4, opacity: 0.7 },
      encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
    },
    {
      data: { values: rows },
      mark: { type: 'line', strokeWidth: 1.8 },
      encoding: { x, y, color, strokeDash },
    },
    {
      data: { values: shown },
      mark: { type: 'point', filled: true, size: 40, opacity: 1 },
      encoding: { x, y, color },
    },
  ];
  const title = {
    text: `${dataset === '' ? '' : `${dataset}: `}${kind} by training rows`,
    subtitle:
      kind === 'loss'
        ? 'train_loss, val_data_loss of the final weights'
        : 'train_accuracy, val_accuracy of the final weights',
    anchor: 'start' as const,
  };
  return { title, width, height, layer: layers };
}

/** The area between training and validation. */
function gaps(rows: readonly SizeRow[]) {
  return rows.flatMap(({ measure, series, rows: size, value }) => {
    if (measure !== 'training') return [];
    const other = rows.find(
      (row) => row.measure === 'validation' && row.series === series && row.rows === size,
    );
    return other === undefined ? [] : [{ series, rows: size, from: value, to: other.value }];
  });
}
