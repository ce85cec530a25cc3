import type { History } from '@wellfit/core';
import { bestRows, curveRows } from './curve-rows.js';

const run = (arm: string, seed: number, losses: readonly number[]): History => ({
  arm,
  seed,
  dataset: 'imdb',
  trainRows: 100,
  parameters: 1,
  status: 'completed',
  reason: '',
  epochs: losses.map((val_loss, i) => ({
    epoch: i + 1,
    logs: { val_loss },
    learningRate: 0.1,
    durationMs: 1,
    digest: '',
  })),
});
const panel = { title: 'Loss', training: 'train_loss', validation: 'val_loss', best: 'lowest' } as const;
const scope = { arm: 'a', set: 'validation' } as const;

test('gives the mean over seeds with a band from the lowest to the highest', () => {
  expect(curveRows([run('a', 1, [4, 2]), run('a', 2, [6, 3])], panel, 'min-max')).toEqual([
    { ...scope, epoch: 1, value: 5, low: 4, high: 6 },
    { ...scope, epoch: 2, value: 2.5, low: 2, high: 3 },
  ]);
});

test('or with a band of one sample standard deviation', () => {
  const [row] = curveRows([run('a', 1, [1]), run('a', 2, [2]), run('a', 3, [3])], panel, 'sd');
  expect(row).toEqual({ ...scope, epoch: 1, value: 2, low: 1, high: 3 });
});

test('a single seed has no band', () => {
  expect(curveRows([run('a', 1, [4])], panel, 'min-max')).toEqual([{ ...scope, epoch: 1, value: 4 }]);
});

test('where seeds end at different epochs, the mean ends with the first and the others go on alone', () => {
  const rows = curveRows([run('a', 1, [4, 2]), run('a', 2, [6, 4, 1]), run('a', 3, [])], panel, 'min-max');
  expect(rows).toEqual([
    { ...scope, epoch: 1, value: 5, low: 4, high: 6 },
    { ...scope, epoch: 2, value: 3, low: 2, high: 4 },
    { ...scope, epoch: 2, value: 4, tail: 2 },
    { ...scope, epoch: 3, value: 1, tail: 2 },
  ]);
  expect(bestRows(rows, 'lowest').map(({ epoch }) => epoch)).toEqual([2]);
});

test('finds the best epoch of each arm', () => {
  const rows = curveRows([run('a', 1, [3, 1, 2]), run('b', 1, [5, 6, 4])], panel, 'min-max');
  expect(bestRows(rows, 'lowest').map(({ arm, epoch }) => `${arm}${epoch}`)).toEqual(['a2', 'b3']);
  expect(bestRows(rows, 'highest').map(({ arm, epoch }) => `${arm}${epoch}`)).toEqual(['a1', 'b2']);
  expect(bestRows(rows, undefined)).toEqual([]);
});
