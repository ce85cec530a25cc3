import type { TopLevelSpec } from 'vega-lite';
import type { RunRecord } from '../experiment-record.js';
import {
  columnNames,
  type DistributionCell,
  type DistributionKind,
  type DistributionTable,
  distributionTable,
  spreadText,
} from './distribution-table.js';
import { figureColors, figureConfig } from './figure-style.js';
import { armColor } from './palette.js';
import { type Range, rebin } from './rebin.js';
import { fitPixels } from './svg-text.js';

/** How to draw distributions. */
export interface DistributionFigureOptions {
  /** All arms of the experiment in their order, for their colors; those of the runs by default. */
  readonly arms?: readonly string[];
  /** `white` by default. */
  readonly background?: string;
}

const size = { width: 138, height: 62 } as const;
const bins = 40;
/** A bin with more than this share of the values does not set the height of its cell. */
const dominant = 0.3;

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

/**
 * The Vega-Lite description of a figure with one row per arm (its first seed) and one column per layer, of weights or
 * of activations: a gray outline before training, filled in the arm's color after it, and above them the standard
 * deviations. Where arms differ by magnitudes, each cell has its own x-range. Where all values are equal, one bin holds
 * them and the cell says so. Returns undefined where the runs have recorded no distributions.
 *
 * @example
 * const spec = distributionSpec(readRunFolder(folder).runs, 'weights');
 * if (spec) writeFileSync('weights.svg', await renderSvg(spec));
 */
export function distributionSpec(
  runs: readonly RunRecord[],
  kind: DistributionKind,
  { arms = [...new Set(runs.map(({ arm }) => arm))], background = 'white' }: DistributionFigureOptions = {},
): TopLevelSpec | undefined {
  const table = distributionTable(runs, kind);
  if (table === undefined) return undefined;
  const widest = Math.max(...table.rows.map(({ arm }) => arm.length));
  const names = { width: Math.min(170, Math.max(50, 8 * widest + 8)), height: size.height };
  const header = { width: size.width, height: 16 };
  const cells = [
    label('', { ...names, height: header.height }),
    ...columnNames(table).map((layer) => label(layer, header)),
    ...table.rows.flatMap(({ arm, cells: row }) => [
      label(arm, names),
      ...row.map((cell) => cellSpec(cell, armColor(arms.indexOf(arm)).light)),
    ]),
  ];
  return {
    background,
    padding: 12,
    config: { ...figureConfig(false, 0), axisY: { minExtent: 0 } },
    title: title(table),
    concat: cells,
    columns: 1 + table.layers.length,
    spacing: { row: 42, column: 26 },
    bounds: 'flush',
  };
}

/** In two lines, as Vega takes text for wider than it is and would widen the figure. */
function title({ kind, seed, sharedRanges }: DistributionTable) {
  const ranges = sharedRanges ? 'one x-range per layer' : 'each cell with its own x-range';
  return {
    text: kind === 'weights' ? 'Weights' : 'Activations',
    subtitle: [
      `gray line: before training, filled: after it (seed ${seed})`,
      `share of the values; ${ranges}`,
    ],
    anchor: 'start' as const,
    offset: 4,
  };
}

/** A cell with nothing but a name in it: of an arm, left of its row, or of a layer, above its column. */
function label(text: string, { width, height }: { readonly width: number; readonly height: number }) {
  const isHeader = height < size.height;
  return {
    width,
    height,
    data: { values: [{ text: fitPixels(text, width, 13) }] },
    mark: {
      type: 'text' as const,
      align: 'left' as const,
      baseline: isHeader ? ('bottom' as const) : ('middle' as const),
      x: 0,
      // The name of a column stands close to its first cell.
      y: isHeader ? height + 18 : height / 2,
      fontSize: 12,
      fontWeight: 'bold' as const,
      color: figureColors.ink,
    },
    encoding: { text: { field: 'text', type: 'nominal' as const } },
  };
}

function cellSpec(cell: DistributionCell | undefined, color: string) {
  if (cell === undefined) return label('', size);
  const { before, after, range } = cell;
  const step = (range.max - range.min) / bins;
  const outline = before && rebin(before, range, bins);
  const filled = after && rebin(after, range, bins);
  const top = ceiling([...(outline ?? []), ...(filled ?? [])]);
  const points = (shares: readonly number[] = []) =>
    [...shares, shares.at(-1) ?? 0].map((share, i) => ({
      x: range.min + i * step,
      share: Math.min(share, top),
    }));
  const domain = (low: number, high: number): [number, number] => [low, high];
  const x = {
    field: 'x',
    type: 'quantitative',
    title: null,
    scale: { domain: domain(range.min, range.max), nice: false },
    axis: { tickCount: 3, grid: false, labelFontSize: 10, labelOverlap: true, ...format(range) },
  } as const;
  const y = {
    field: 'share',
    type: 'quantitative',
    scale: { domain: domain(0, top), nice: false },
    axis: null,
  } as const;
  const histogram = { interpolate: 'step-after', clip: true } as const;
  const layers: Layer[] = [
    {
      data: { values: filled === undefined ? [] : points(filled) },
      mark: { type: 'area', ...histogram, color, fillOpacity: 0.62 },
      encoding: { x, y },
    },
    {
      data: { values: outline === undefined ? [] : points(outline) },
      mark: { type: 'line', ...histogram, color: figureColors.ink, strokeWidth: 1, opacity: 0.55 },
      encoding: { x, y },
    },
    {
      data: { values: cutOff(filled ?? outline ?? [], top, range.min, step) },
      mark: {
        type: 'text',
        align: 'left',
        baseline: 'top',
        dx: 4,
        dy: 1,
        fontSize: 10,
        color: figureColors.ink,
      },
      encoding: { x, y: { datum: top, type: 'quantitative' }, text: { field: 'text' } },
    },
  ];
  const heading = {
    text: spreadText(cell),
    anchor: 'start' as const,
    fontSize: 10,
    fontWeight: 'normal' as const,
    frame: 'group' as const,
    offset: 3,
  };
  return { title: heading, ...size, layer: layers };
}

/** Height of a cell: that of its highest bin, but of those that dwarf all others only where there is nothing else. */
function ceiling(shares: readonly number[]): number {
  const ordinary = shares.filter((share) => share > 0 && share <= dominant);
  const highest = Math.max(0, ...ordinary);
  return highest >= 0.01 ? 1.25 * highest : 1;
}

/** Says how many values are in a bin that is cut off. */
function cutOff(shares: readonly number[], top: number, min: number, step: number) {
  const highest = Math.max(0, ...shares);
  if (highest <= top) return [];
  return [{ x: min + (shares.indexOf(highest) + 1) * step, text: `${Math.round(100 * highest)} %` }];
}

/** Very small and large numbers as `2e-5`, which keeps the labels apart. */
function format({ min, max }: Range): { readonly labelExpr?: string } {
  const size = Math.max(Math.abs(min), Math.abs(max));
  if (size >= 0.001 && size < 1e5) return {};
  return { labelExpr: "datum.value === 0 ? '0' : format(datum.value, '~e')" };
}
