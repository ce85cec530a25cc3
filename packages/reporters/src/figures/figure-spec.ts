import type { History } from '@wellfit/core';
import type { TopLevelSpec } from 'vega-lite';
import { type Band, bestRows, type CurveRow, curveRows } from './curve-rows.js';
import { figureConfig } from './figure-style.js';
import { armColor } from './palette.js';
import { choosePanels, type Metric, type Panel } from './panel.js';

/** What to draw, and how large. */
export interface FigureOptions {
  /** `loss` and `accuracy` by default. */
  readonly metrics?: readonly Metric[];
  /** Width of a panel's plot, in pixels; 380 by default. */
  readonly width?: number;
  /** Height of a panel's plot, in pixels; 260 by default. */
  readonly height?: number;
  /** `min-max` by default. */
  readonly band?: Band;
  /** All arms of the experiment in their order, for their colors; those of the histories by default. */
  readonly arms?: readonly string[];
  /** True by default. */
  readonly legend?: boolean;
  /** `white` by default. */
  readonly background?: string;
}

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

/**
 * The Vega-Lite description of a figure: a panel for each metric, a color for each arm, validation dashed, a band over
 * seeds with their mean as a line, and a dot where the mean validation curve is best. Returns undefined where there is
 * nothing to draw, as no epoch was finished.
 *
 * @throws ReporterError `unknown-metric`.
 * @example
 * const spec = figureSpec(readRunFolder(folder).runs, { metrics: ['loss'] });
 * if (spec) writeFileSync('loss.svg', await renderSvg(spec));
 */
export function figureSpec(
  histories: readonly History[],
  options: FigureOptions = {},
): TopLevelSpec | undefined {
  const { band = 'min-max', background = 'white', legend = true } = options;
  const arms = options.arms ?? [...new Set(histories.map(({ arm }) => arm))];
  const panels = choosePanels(histories, options.metrics).map((panel) =>
    panelSpec(panel, curveRows(histories, panel, band), arms, options),
  );
  if (panels.length === 0) return undefined;
  const room = panels.length * ((options.width ?? 380) + 64);
  const frame = { background, padding: 8, config: figureConfig(legend, room) } as const;
  return panels.length === 1
    ? { ...frame, ...panels[0] }
    : { ...frame, hconcat: panels, spacing: 64, bounds: 'flush' };
}

function panelSpec(
  panel: Panel,
  rows: readonly CurveRow[],
  arms: readonly string[],
  { width = 380, height = 260, legend = true }: FigureOptions,
) {
  const last = rows.reduce((max, { epoch }) => Math.max(max, epoch), 1);
  const drawn = thinned(rows, last);
  const means = drawn.filter(({ tail }) => tail === undefined);
  const single = singleRows(means);
  const limit = upperLimit(rows.map(({ value, high }) => high ?? value));
  const clip = limit !== undefined;
  const x = {
    field: 'epoch',
    type: 'quantitative',
    title: 'epoch',
    scale: { domain: last === 1 ? [0.5, 1.5] : [1, last], nice: false },
    axis: { tickMinStep: 1, format: 'd', tickCount: Math.max(2, Math.round(width / 50)), grid: false },
  } as const;
  const scale = { zero: false, ...(limit !== undefined ? { domainMax: limit } : {}) } as const;
  const y = { field: 'value', type: 'quantitative', title: null, scale, axis: { tickCount: 6 } } as const;
  const color = {
    field: 'arm',
    type: 'nominal',
    scale: { domain: [...arms], range: arms.map((_, i) => armColor(i).light) },
    legend: legend ? { title: null, symbolType: 'stroke' } : null,
  } as const;
  const strokeDash = {
    field: 'set',
    type: 'nominal',
    scale: {
      domain: ['training', 'validation'],
      range: [
        [1, 0],
        [5, 4],
      ],
    },
    legend: legend ? { title: null, symbolType: 'stroke' } : null,
  } as const;
  const detail = [{ field: 'set' }, { field: 'tail' }] as const;
  const layers: Layer[] = [
    {
      data: { values: means.filter(({ low }) => low !== undefined) },
      mark: { type: 'area', opacity: 0.14, clip },
      encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color, detail: [...detail] },
    },
    {
      data: { values: drawn.filter(({ tail }) => tail !== undefined) },
      mark: { type: 'line', strokeWidth: 0.9, opacity: 0.6, clip },
      encoding: { x, y, color, strokeDash, detail: [...detail] },
    },
    {
      data: { values: means },
      mark: { type: 'line', strokeWidth: 1.8, clip },
      encoding: { x, y, color, strokeDash },
    },
    {
      data: { values: [...bestRows(rows, panel.best), ...single] },
      mark: { type: 'point', filled: true, size: 44, opacity: 1, clip },
      encoding: { x, y, color },
    },
    {
      // A line of a single epoch has no length and so no dashes: its dot needs a word.
      data: { values: single },
      mark: { type: 'text', align: 'left', dx: 8 },
      encoding: { x, y, color, text: { field: 'set' } },
    },
  ];
  const title = { text: panel.title, subtitle: subtitle(panel, limit), anchor: 'start' as const };
  return { title, width, height, layer: layers };
}

/** A curve has no more points than a screen can show. */
export function thinned(rows: readonly CurveRow[], last: number): CurveRow[] {
  const step = Math.ceil(last / 600);
  return rows.filter(({ epoch }) => (epoch - 1) % step === 0 || epoch === last);
}

/** Curves that have a single point. */
function singleRows(rows: readonly CurveRow[]): CurveRow[] {
  const curves = new Map<string, CurveRow[]>();
  for (const row of rows) {
    const key = `${row.set} ${row.arm}`;
    const curve = curves.get(key);
    if (curve === undefined) curves.set(key, [row]);
    else curve.push(row);
  }
  return [...curves.values()].filter(({ length }) => length === 1).flat();
}

/** Says which logs are drawn, so that nobody has to guess what `loss` means here. */
export function subtitle({ training, validation }: Panel, limit: number | undefined): string {
  const names = [
    ...(training === undefined ? [] : [training]),
    ...(validation === undefined ? [] : [`${validation} (dashed)`]),
    ...(limit === undefined ? [] : [`cut off above ${limit}`]),
  ];
  return names.join(', ');
}

/**
 * Where to cut the axis off: a run that diverged would press all others flat. Undefined where the largest value is
 * less than five times the ninth decile.
 */
export function upperLimit(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const decile = sorted[Math.floor(0.9 * (sorted.length - 1))];
  const largest = sorted[sorted.length - 1];
  return decile > 0 && largest > 5 * decile ? Number((1.25 * decile).toPrecision(2)) : undefined;
}
