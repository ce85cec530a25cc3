import type { History, Logs } from '@wellfit/core';
import { sizeCurves } from './training-sizes.js';

const run = (
  arm: string,
  trainRows: number,
  logs: readonly Logs[],
  parts: Partial<History> = {},
): History => ({
  arm,
  seed: 1,
  dataset: 'imdb',
  trainRows,
  parameters: 10,
  status: 'completed',
  reason: '',
  epochs: logs.map((values, i) => ({
    epoch: i + 1,
    logs: values,
    learningRate: 0.1,
    durationMs: 1,
    digest: '',
  })),
  ...parts,
});
const losses = (...pairs: [number, number][]) =>
  pairs.map(([train_loss, val_data_loss]) => ({ train_loss, val_data_loss }));
const values = (histories: readonly History[]) =>
  sizeCurves(histories).flatMap(({ loss }) => loss.map(({ rows, measure, value }) => [rows, measure, value]));

test('gives final training and validation loss and the best, by rising size', () => {
  const runs = [run('all', 100, losses([3, 4], [2, 3])), run('few', 10, losses([1, 5], [0, 9]))];
  expect(values(runs)).toEqual([
    [10, 'training', 0],
    [10, 'validation', 9],
    [10, 'best validation', 5],
    [100, 'training', 2],
    [100, 'validation', 3],
    [100, 'best validation', 3],
  ]);
});

test('of restored weights, takes their evaluation', () => {
  const [final] = losses([1, 5]);
  const few = run('few', 10, losses([1, 5], [0, 9]), { restoredEpoch: 1, final });
  expect(values([few, run('all', 100, losses([2, 3]))]).slice(0, 2)).toEqual([
    [10, 'training', 1],
    [10, 'validation', 5],
  ]);
});

test('has means over seeds and their extremes', () => {
  const seeds = [1, 2].map((seed) => run('few', 10, losses([seed, 2 * seed]), { seed }));
  const [curves] = sizeCurves([...seeds, run('all', 100, losses([2, 3]))]);
  expect(curves.loss[1]).toMatchObject({ arm: 'few', value: 3, low: 2, high: 4 });
  expect(curves.accuracy).toEqual([]);
});

test('each model has its curve, and so have arms of the same model and size', () => {
  const small = [run('a', 10, losses([1, 1])), run('b', 100, losses([1, 1]))];
  const regularized = [run('c', 10, losses([1, 1])), run('d', 100, losses([1, 1]))];
  const large = [10, 100].map((rows) => run(`large-${rows}`, rows, losses([1, 1]), { parameters: 2_000 }));
  const alone = run('alone', 10, losses([1, 1]), { parameters: 7 });
  const [{ series, sizes }] = sizeCurves([...small, ...regularized, ...large, alone]);
  expect(series).toEqual(['10 parameters', '10 parameters, 2', '2,000 parameters']);
  expect(sizes).toEqual([10, 100]);
});

test('needs two sizes of one dataset, and histories that know their size', () => {
  const other = run('mnist', 100, losses([1, 1]), { dataset: 'mnist' });
  expect(sizeCurves([run('a', 10, losses([1, 1])), other])).toEqual([]);
  expect(sizeCurves([run('a', 0, losses([1, 1])), run('b', 10, losses([1, 1]))])).toEqual([]);
  expect(sizeCurves([run('a', 10, []), run('b', 100, [])])).toEqual([]);
});
