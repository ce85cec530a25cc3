import type { History } from '@wellfit/core';
import { metricOf, type Panel } from './panel.js';

/** How the spread over seeds is drawn: from the lowest to the highest seed, or one standard deviation each way. */
export type Band = 'min-max' | 'sd';

/** A point of a curve. */
export interface CurveRow {
  readonly arm: string;
  readonly set: 'training' | 'validation';
  readonly epoch: number;
  /** Mean over seeds; the value of one seed in a tail. */
  readonly value: number;
  /** Edges of the band; absent where there is a single seed. */
  readonly low?: number;
  readonly high?: number;
  /**
   * Set where an arm's seeds have not all come this far: its mean would jump as seeds drop out, so what remains is
   * drawn seed by seed, as a thin tail.
   */
  readonly tail?: number;
}

const sets = ['training', 'validation'] as const;

/** The curves of a panel: per arm and set, the mean over seeds as far as all of them go, then single tails. */
export function curveRows(histories: readonly History[], panel: Panel, band: Band): CurveRow[] {
  const arms = [...new Set(histories.map(({ arm }) => arm))];
  return arms.flatMap((arm) => {
    const runs = histories.filter((run) => run.arm === arm && run.epochs.length > 0);
    return sets.flatMap((set) => {
      const key = panel[set];
      return key === undefined ? [] : armRows({ arm, set }, runs, key, band);
    });
  });
}

/** The row where the mean of the validation curve is best, for each arm. */
export function bestRows(rows: readonly CurveRow[], best: Panel['best']): CurveRow[] {
  if (best === undefined) return [];
  const sign = best === 'lowest' ? 1 : -1;
  const found = new Map<string, CurveRow>();
  for (const row of rows) {
    if (row.set !== 'validation' || row.tail !== undefined) continue;
    const held = found.get(row.arm);
    if (held === undefined || sign * row.value < sign * held.value) found.set(row.arm, row);
  }
  return [...found.values()];
}

function armRows(
  scope: Pick<CurveRow, 'arm' | 'set'>,
  runs: readonly History[],
  key: string,
  band: Band,
): CurveRow[] {
  if (runs.length === 0) return [];
  const common = Math.min(...runs.map(({ epochs }) => epochs.length));
  const means = Array.from({ length: common }, (_, i): CurveRow[] => {
    const values = runs.flatMap(({ epochs }) => metricOf(epochs[i], key) ?? []);
    if (values.length === 0) return [];
    return [{ ...scope, epoch: runs[0].epochs[i].epoch, ...spread(values, band) }];
  });
  const tails = runs.flatMap(({ seed, epochs }): CurveRow[] =>
    // A tail starts on the last common epoch, so that it is joined to its mean.
    epochs.length === common
      ? []
      : epochs.slice(common - 1).flatMap((epoch) => {
          const value = metricOf(epoch, key);
          return value === undefined ? [] : [{ ...scope, epoch: epoch.epoch, value, tail: seed }];
        }),
  );
  return [...means.flat(), ...tails];
}

/** The mean over seeds and the edges of its band. */
export function spread(values: readonly number[], band: Band): Pick<CurveRow, 'value' | 'low' | 'high'> {
  const value = values.reduce((sum, x) => sum + x, 0) / values.length;
  if (values.length === 1) return { value };
  if (band === 'min-max') return { value, low: Math.min(...values), high: Math.max(...values) };
  const squares = values.reduce((sum, x) => sum + (x - value) ** 2, 0);
  const sd = Math.sqrt(squares / (values.length - 1));
  return { value, low: value - sd, high: value + sd };
}
