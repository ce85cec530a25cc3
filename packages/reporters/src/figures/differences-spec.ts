import type { ArmComparison } from '@wellfit/core';
import type { TopLevelSpec } from 'vega-lite';
import { comparedName } from '../compared-names.js';
import { figureColors, figureConfig } from './figure-style.js';
import { armColor } from './palette.js';

/** How to draw differences. */
export interface DifferencesOptions {
  /** All arms of the experiment in their order, for colors and rows. */
  readonly arms: readonly string[];
  readonly baseline: string;
  /** Width of the plot, in pixels; 560 by default. */
  readonly width?: number;
  /** `white` by default. */
  readonly background?: string;
}

/**
 * The Vega-Lite description of how arms differ from the baseline in one number: a row for each arm with a dot for each
 * seed, the mean and its 95 % interval, beside a line at 0. Undefined without comparisons.
 *
 * @param comparisons Of one number.
 */
export function differencesSpec(
  comparisons: readonly ArmComparison[],
  { arms, baseline, width = 560, background = 'white' }: DifferencesOptions,
): TopLevelSpec | undefined {
  const [first] = comparisons;
  if (first === undefined) return undefined;
  const shown = arms.filter((arm) => comparisons.some((other) => other.arm === arm));
  const y = {
    field: 'arm',
    type: 'nominal',
    sort: shown,
    title: null,
    axis: { grid: false, ticks: false, labelLimit: 180 },
  } as const;
  const x = {
    field: 'difference',
    type: 'quantitative',
    title: `difference from ${baseline}`,
    axis: { tickCount: 7 },
  } as const;
  const range = shown.map((arm) => armColor(arms.indexOf(arm)).light);
  const color = { field: 'arm', type: 'nominal', scale: { domain: shown, range }, legend: null } as const;
  const seeds = comparisons.flatMap(({ arm, pairs }) => pairs.map(({ difference }) => ({ arm, difference })));
  const means = comparisons.map(({ arm, difference: { mean, interval } }) => {
    const [low, high] = interval ?? [mean, mean];
    return { arm, difference: mean, low, high };
  });
  return {
    background,
    padding: 8,
    config: figureConfig(false, width),
    title: {
      text: comparedName(first.number),
      subtitle: `${first.better} is better; small dots are seeds, the bar is the 95 % interval of the mean`,
      anchor: 'start',
    },
    width,
    height: { step: 30 },
    layer: [
      {
        data: { values: [{ difference: 0 }] },
        mark: { type: 'rule', color: figureColors.ink, strokeDash: [4, 3] },
        encoding: { x },
      },
      {
        data: { values: seeds },
        mark: { type: 'point', filled: true, size: 18, opacity: 0.55, yOffset: 8 },
        encoding: { x, y, color },
      },
      {
        data: { values: means },
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, color },
      },
      {
        data: { values: means },
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: { x, y, color },
      },
    ],
  };
}
