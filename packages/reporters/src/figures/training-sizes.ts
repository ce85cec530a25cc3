import type { History, Logs } from '@wellfit/core';
import { formatCount } from '../number-format.js';
import { type Band, spread } from './curve-rows.js';

/** What one point of a curve over training-set size shows. */
export type SizeMeasure = 'training' | 'validation' | 'best validation';

/** A point: the mean over seeds at one number of training rows. */
export interface SizeRow {
  readonly series: string;
  readonly rows: number;
  readonly arm: string;
  readonly measure: SizeMeasure;
  readonly value: number;
  /** Edges of the band; absent where there is a single seed. */
  readonly low?: number;
  readonly high?: number;
}

/** The curves of one dataset. */
export interface SizeCurves {
  readonly dataset: string;
  /** One, or one for each model where several were trained on the same numbers of rows. */
  readonly series: readonly string[];
  /** Numbers of training rows, rising. */
  readonly sizes: readonly number[];
  readonly loss: readonly SizeRow[];
  readonly accuracy: readonly SizeRow[];
}

interface Group {
  readonly arm: string;
  readonly rows: number;
  readonly runs: readonly History[];
}

/**
 * Curves over training-set size, for each dataset on which arms were trained with two or more numbers of rows. Arms with
 * the same number of parameters form a curve; where several of them have the same number of rows, the first of each
 * size form one, the second another.
 *
 * Training and validation are those of the weights that a run ended with, so that their distance is the gap; `best
 * validation` is the lowest loss and the highest accuracy of any epoch. Losses are without penalty.
 */
export function sizeCurves(histories: readonly History[], band: Band = 'min-max'): SizeCurves[] {
  const used = histories.filter(({ epochs, trainRows }) => epochs.length > 0 && trainRows > 0);
  const datasets = [...new Set(used.map(({ dataset }) => dataset))];
  return datasets.flatMap((dataset) => {
    const runs = used.filter((run) => run.dataset === dataset);
    const prefix = datasets.length > 1 ? `${dataset}, ` : '';
    const series = seriesOf(prefix, runs).filter(({ groups }) => groups.length > 1);
    if (series.length === 0) return [];
    const groups = series.flatMap((one) => one.groups.map((group) => ({ ...group, series: one.name })));
    const points = (kind: 'loss' | 'accuracy') =>
      groups.flatMap((group) => pointsOf(group, kind, band).map((row) => ({ series: group.series, ...row })));
    const sizes = [...new Set(groups.map(({ rows }) => rows))].sort((a, b) => a - b);
    const names = series.map(({ name }) => name);
    return [{ dataset, series: names, sizes, loss: points('loss'), accuracy: points('accuracy') }];
  });
}

function seriesOf(
  prefix: string,
  runs: readonly History[],
): { readonly name: string; readonly groups: readonly Group[] }[] {
  const found = new Map<string, { name: string; groups: Group[] }>();
  for (const arm of new Set(runs.map((run) => run.arm))) {
    const own = runs.filter((run) => run.arm === arm);
    const [{ trainRows: rows, parameters }] = own;
    // An arm takes the first curve of its model that has nothing at this size yet.
    for (let turn = 1; ; turn += 1) {
      const key = `${parameters}/${turn}`;
      const name = `${prefix}${formatCount(parameters)} parameters${turn > 1 ? `, ${turn}` : ''}`;
      const series = found.get(key) ?? { name, groups: [] };
      found.set(key, series);
      if (series.groups.some((group) => group.rows === rows)) continue;
      series.groups.push({ arm, rows, runs: own });
      break;
    }
  }
  return [...found.values()].map(({ name, groups }) => ({
    name,
    groups: groups.sort((a, b) => a.rows - b.rows),
  }));
}

function pointsOf(
  { arm, rows, runs }: Group,
  kind: 'loss' | 'accuracy',
  band: Band,
): Omit<SizeRow, 'series'>[] {
  const [training, validation] =
    kind === 'loss' ? ['train_loss', 'val_data_loss'] : ['train_accuracy', 'val_accuracy'];
  const best = kind === 'loss' ? Math.min : Math.max;
  const measures: readonly (readonly [SizeMeasure, readonly number[]])[] = [
    ['training', runs.flatMap((run) => finalLogs(run)[training] ?? [])],
    ['validation', runs.flatMap((run) => finalLogs(run)[validation] ?? [])],
    [
      'best validation',
      runs.flatMap(({ epochs }) => {
        const values = epochs.flatMap(({ logs }) => logs[validation] ?? []);
        return values.length === 0 ? [] : [best(...values)];
      }),
    ],
  ];
  return measures.flatMap(([measure, values]) =>
    values.length === 0 ? [] : [{ arm, rows, measure, ...spread(values, band) }],
  );
}

/** Of the weights that the run ended with. */
function finalLogs({ epochs, restoredEpoch, final }: History): Logs {
  return restoredEpoch === undefined ? (epochs.at(-1)?.logs ?? {}) : (final ?? {});
}
