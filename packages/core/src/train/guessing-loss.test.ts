import { tensor } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import type { Task } from '../contracts/dataset.js';
import { GuessingLoss } from './guessing-loss.js';

useBackend();

/** Of batches of rows. */
function guessing(task: Task, outputs: number, ...batches: (number[] | number[][])[]): number | undefined {
  const loss = new GuessingLoss({ task, outputs });
  for (const rows of batches) {
    const targets = tensor(rows);
    loss.add(targets, rows.length);
    targets.dispose();
  }
  return loss.value;
}

test('classes: the entropy of their frequencies, by number or one-hot, over all batches', () => {
  const expected = -(0.5 * Math.log(0.5) + 2 * 0.25 * Math.log(0.25));
  expect(guessing('classification', 4, [0, 3], [0, 1])).toBeCloseTo(expected, 12);
  expect(guessing('classification', 4, [[0], [3]], [[0], [1]])).toBeCloseTo(expected, 12);
  const oneHot = [
    [1, 0, 0],
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
  ];
  expect(guessing('classification', 3, oneHot)).toBeCloseTo(expected, 12);
  expect(guessing('classification', 4, [2, 2, 2])).toBe(0);
});

test('binary targets: the mean of the entropies of the outputs', () => {
  const of = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
  expect(guessing('binary-classification', 1, [1, 0, 0, 0])).toBeCloseTo(of(0.25), 12);
  expect(guessing('binary-classification', 1, [[1], [1]])).toBe(0);
  expect(
    guessing('binary-classification', 2, [
      [1, 1],
      [0, 1],
    ]),
  ).toBeCloseTo(of(0.5) / 2, 12);
});

test('regression: the mean variance of the outputs, also far from 0', () => {
  expect(guessing('regression', 1, [1, 3], [5, 7])).toBeCloseTo(5, 12);
  expect(guessing('regression', 1, [4_000_001, 4_000_003], [4_000_005, 4_000_007])).toBeCloseTo(5, 12);
  expect(
    guessing('regression', 2, [
      [0, 5],
      [2, 5],
    ]),
  ).toBeCloseTo(0.5, 12);
});

test('no rows, no loss', () => {
  expect(guessing('classification', 3)).toBeUndefined();
});

test.each([
  ['binary targets of -1 and 1', 'binary-classification', 1, [[-1], [1], [-1]]],
  ['scores, not one-hot', 'classification', 2, [[3, 2]]],
  ['what is no number', 'regression', 1, [[1], [NaN]]],
] as const)('%s: no loss', (_, task, outputs, rows) => {
  expect(
    guessing(
      task,
      outputs,
      rows.map((row) => [...row]),
    ),
  ).toBeUndefined();
});
