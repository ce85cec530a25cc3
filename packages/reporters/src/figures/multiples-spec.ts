import type { History } from '@wellfit/core';
import type { TopLevelSpec } from 'vega-lite';
import { type CurveRow, curveRows } from './curve-rows.js';
import { type FigureOptions, subtitle, thinned, upperLimit } from './figure-spec.js';
import { figureColors, figureConfig } from './figure-style.js';
import { armColor } from './palette.js';
import { choosePanels, type Panel } from './panel.js';
import { fitPixels } from './svg-text.js';

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

/** Room between the panels, in pixels, with their titles and axes. */
const spacing = { row: 66, column: 58 } as const;

/**
 * The Vega-Lite description of small multiples: a panel for each arm with the same axes in all, its training curve
 * solid, its validation curve dashed, and in gray behind them the validation curves of the other arms. Several metrics
 * come one below the other. Returns undefined where no epoch was finished.
 *
 * @param options `metrics` is `loss` alone by default; `width` (170) and `height` (120) are of a panel's plot, in pixels.
 * @throws ReporterError `unknown-metric`.
 * @example
 * const spec = multiplesSpec(readRunFolder(folder).runs);
 * if (spec) writeFileSync('multiples.svg', await renderSvg(spec));
 */
export function multiplesSpec(
  histories: readonly History[],
  options: Omit<FigureOptions, 'legend'> = {},
): TopLevelSpec | undefined {
  const drawn = [...new Set(histories.filter(({ epochs }) => epochs.length > 0).map(({ arm }) => arm))];
  const { band = 'min-max', background = 'white', width = 170, height = 120, arms = drawn } = options;
  const panels = choosePanels(histories, options.metrics ?? ['loss']);
  if (panels.length === 0 || drawn.length === 0) return undefined;
  const blocks = panels.map((panel) => {
    const rows = curveRows(histories, panel, band);
    const frame = multiplesFrame(rows);
    const cells = drawn.map((arm) => ({
      title: {
        text: fitPixels(arm, width, 12),
        fontSize: 12,
        anchor: 'start' as const,
        frame: 'group' as const,
        offset: 6,
      },
      ...multiplesPanel(rows, arm, arms, frame, { width, height }),
    }));
    return {
      title: { text: panel.title, subtitle: lines(panel, frame), anchor: 'start' as const },
      concat: cells,
      columns: columnsFor(drawn.length),
      spacing,
      bounds: 'flush' as const,
    };
  });
  const frame = { background, padding: 8, config: figureConfig(false, 0) };
  return blocks.length === 1 ? { ...frame, ...blocks[0] } : { ...frame, vconcat: blocks, spacing: 40 };
}

/**
 * The panel of one arm as a figure of its own, for a page that has one for each arm: the axes are those of all.
 *
 * @param panel One that any of the histories has logged.
 */
export function armSpec(
  histories: readonly History[],
  panel: Panel,
  arm: string,
  arms: readonly string[],
): TopLevelSpec {
  const rows = curveRows(histories, panel, 'min-max');
  const frame = multiplesFrame(rows);
  const title = { text: panel.title, subtitle: subtitle(panel, frame.limit), anchor: 'start' as const };
  const look = { background: 'transparent', padding: 8, config: figureConfig(false, 0) };
  return { ...look, title, ...multiplesPanel(rows, arm, arms, frame, { width: 290, height: 170 }) };
}

/** The axes that all panels share. */
interface MultiplesFrame {
  readonly last: number;
  readonly low: number;
  readonly high: number;
  /** Set where values above `high` are cut off. */
  readonly limit?: number;
}

/** Axes with room for all rows, but not for those of runs that have run away. */
function multiplesFrame(rows: readonly CurveRow[]): MultiplesFrame {
  const highs = rows.map(({ value, high }) => high ?? value);
  const limit = upperLimit(highs);
  return {
    last: rows.reduce((max, { epoch }) => Math.max(max, epoch), 1),
    low: Math.min(...rows.map(({ value, low }) => low ?? value)),
    high: limit ?? Math.max(...highs),
    ...(limit !== undefined && { limit }),
  };
}

/** The panel of one arm, without a title. */
function multiplesPanel(
  rows: readonly CurveRow[],
  arm: string,
  arms: readonly string[],
  { last, low, high, limit }: MultiplesFrame,
  { width, height }: { readonly width: number; readonly height: number },
) {
  const color = armColor(arms.indexOf(arm)).light;
  const clip = limit !== undefined;
  const shown = thinned(rows, last);
  const means = shown.filter(({ tail }) => tail === undefined);
  const own = means.filter((row) => row.arm === arm);
  const others = means.filter((row) => row.arm !== arm && row.set === 'validation');
  const epochs: [number, number] = last === 1 ? [0.5, 1.5] : [1, last];
  const values: [number, number] = [low, high];
  const x = {
    field: 'epoch',
    type: 'quantitative',
    title: 'epoch',
    scale: { domain: epochs, nice: false },
    axis: { tickMinStep: 1, format: 'd', tickCount: Math.max(2, Math.round(width / 45)), grid: false },
  } as const;
  const scale = { zero: false, domain: values, nice: limit === undefined };
  const y = { field: 'value', type: 'quantitative', title: null, scale, axis: { tickCount: 4 } } as const;
  const sets = ['training', 'validation'];
  const set = { field: 'set', type: 'nominal', legend: null } as const;
  const dash = {
    ...set,
    scale: {
      domain: sets,
      range: [
        [1, 0],
        [5, 4],
      ],
    },
  };
  const layers: Layer[] = [
    {
      data: { values: others },
      mark: { type: 'line', strokeWidth: 1, color: figureColors.axis, opacity: 0.55, clip },
      encoding: { x, y, detail: { field: 'arm' } },
    },
    {
      data: { values: own.filter(({ low: edge }) => edge !== undefined) },
      mark: { type: 'area', opacity: 0.16, color, clip },
      encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, detail: { field: 'set' } },
    },
    {
      data: { values: shown.filter((row) => row.arm === arm && row.tail !== undefined) },
      mark: { type: 'line', strokeWidth: 0.9, opacity: 0.6, color, clip },
      encoding: { x, y, strokeDash: dash, detail: { field: 'tail' } },
    },
    {
      data: { values: own },
      mark: { type: 'line', strokeWidth: 2, color, clip },
      encoding: { x, y, strokeDash: dash },
    },
    {
      // Lines of a single epoch have no length.
      data: { values: last === 1 ? own : [] },
      mark: { type: 'point', filled: true, size: 40, opacity: 1, color, clip },
      encoding: {
        x,
        y,
        shape: { ...set, scale: { domain: sets, range: ['circle', 'triangle-up'] } },
      },
    },
  ];
  return { width, height, layer: layers };
}

function lines(panel: Panel, { limit }: MultiplesFrame): string[] {
  return [subtitle(panel, limit), 'in gray: validation of the other arms'];
}

/** As many columns as fit a page, with rows that are filled alike. */
function columnsFor(arms: number): number {
  const rows = Math.ceil(arms / 4);
  return Math.ceil(arms / rows);
}
