import type { ArmAnalysis } from '@wellfit/core';
import { conclusions } from './conclusions.js';
import { comparison, pairs } from './test-support/comparison.js';

const arm = (name: string, runs: number, mean: number): ArmAnalysis => {
  const lowest = { mean, sd: null, min: mean, max: mean, n: runs };
  const numbers = { lowest_val_data_loss: lowest };
  return { arm: name, parameters: 1, runs, verdict: 'good fit', evidence: '', numbers };
};
const caution = 'One seed cannot show a difference between arms; compare over several: --seeds 6.';

test('a small loss is said as the table says it', () => {
  const arms = [arm('a', 3, 0.00042), arm('b', 3, 1)];
  expect(conclusions({ baseline: 'a', arms, best: 'a' })).toEqual([
    'Lowest validation loss without penalty: a (4.200e-4).',
  ]);
});

test('runs that have not come to their end are told first', () => {
  const arms = [arm('a', 3, 0.3), arm('b', 2, 1)];
  const unfinished = [
    { arm: 'b', runs: 1, planned: 3 },
    { arm: 'c', runs: 3, planned: 3 },
  ];
  expect(conclusions({ baseline: 'a', arms, best: 'a', unfinished })).toEqual([
    'Not at their end: 1 of 3 runs of b, 3 of 3 runs of c. Where other runs of an arm are, only those count.',
    'Lowest validation loss without penalty: a (0.3000).',
  ]);
});

test('arms that lie within a deviation of the lowest are named: such a lead may be chance', () => {
  const spread = (name: string, mean: number, sd: number): ArmAnalysis => {
    const lowest = { mean, sd, min: mean - sd, max: mean + sd, n: 3 };
    return { ...arm(name, 3, mean), numbers: { lowest_val_data_loss: lowest } };
  };
  const arms = [spread('a', 0.31, 0.001), spread('near', 0.313, 0.004), spread('far', 0.32, 0.004)];
  expect(conclusions({ baseline: 'a', arms, best: 'a' })).toEqual([
    'Lowest validation loss without penalty: a (0.3100).',
    'Within one standard deviation over seeds of a: near; such a difference may be chance.',
  ]);
});

test('arms that were compared by pairs are not also compared by deviations', () => {
  const spread = (name: string, mean: number): ArmAnalysis => {
    const lowest = { mean, sd: 0.01, min: mean - 0.01, max: mean + 0.01, n: 10 };
    return { ...arm(name, 10, mean), numbers: { lowest_val_data_loss: lowest } };
  };
  const arms = [spread('none', 0.315), spread('l2', 0.31), spread('near', 0.313)];
  const comparisons = [comparison('l2', { declared: 'better' }), comparison('near', { adjustedP: 0.7 })];
  expect(conclusions({ baseline: 'none', arms, best: 'l2', comparisons })).toEqual([
    'Lowest validation loss without penalty: l2 (0.3100).',
    expect.stringMatching(/^l2 fits better than none: /),
    expect.stringMatching(/^near against none: not declared/),
    'Within one standard deviation over seeds of l2: near; such a difference may be chance.',
  ]);
  const baselineBest = conclusions({ baseline: 'none', arms, best: 'none', comparisons });
  expect(baselineBest.join()).not.toContain('standard deviation');
});

test('over a single seed, asks for as many as the test needs', () => {
  const comparisons = [comparison('b', { pairs: pairs(1, 1), leastSeeds: 7 })];
  expect(conclusions({ baseline: 'a', arms: [arm('a', 1, 1), arm('b', 1, 2)], comparisons })).toEqual([
    'One seed cannot show a difference between arms; compare over several: --seeds 7.',
  ]);
});

test('says why no arm is the best where arms have different datasets', () => {
  const arms = [
    { ...arm('a', 3, 0.3), dataset: 'imdb' },
    { ...arm('b', 3, 0.1), dataset: 'mnist' },
    { ...arm('c', 0, 0.1), dataset: 'cifar10' },
  ];
  expect(conclusions({ baseline: 'a', arms })).toEqual([
    'No arm is called the best: losses on different data (imdb, mnist) cannot be compared.',
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
