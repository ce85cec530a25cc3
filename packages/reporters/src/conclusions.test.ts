import type { ArmAnalysis } from '@wellfit/core';
import { conclusions } from './conclusions.js';

const arm = (name: string, runs: number, mean: number): ArmAnalysis => {
  const lowest = { mean, sd: null, min: mean, max: mean, n: runs };
  const numbers = { lowest_val_data_loss: lowest };
  return { arm: name, parameters: 1, runs, verdict: 'good fit', evidence: '', numbers };
};
const caution = 'One seed cannot show a difference between arms; compare over several: --seeds 5.';

test('a small loss is said as the table says it', () => {
  const arms = [arm('a', 3, 0.00042), arm('b', 3, 1)];
  expect(conclusions({ baseline: 'a', arms, best: 'a' })).toEqual([
    'Lowest validation loss without penalty: a (4.200e-4).',
  ]);
});

test.each([
  ['one seed', [arm('a', 1, 1), arm('b', 1, 2)], [caution]],
  ['one seed, of which one arm failed', [arm('a', 1, 1), arm('b', 0, 2)], []],
  ['one seed and one arm', [arm('a', 1, 1)], []],
  ['several seeds', [arm('a', 2, 1), arm('b', 1, 2)], []],
])('cautions where arms were compared over a single seed: %s', (_, arms, expected) => {
  expect(conclusions({ baseline: 'a', arms })).toEqual(expected);
});
