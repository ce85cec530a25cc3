import type { ArmComparison } from '@wellfit/core';
import { comparisonSentences } from './comparison-sentences.js';
import { comparison, difference, pairs } from './test-support/comparison.js';

const say = (...comparisons: readonly ArmComparison[]) =>
  comparisonSentences({ baseline: 'none', arms: [], comparisons });

test('a declared difference: plain words first, the numbers behind', () => {
  expect(say(comparison('l2', { declared: 'better' }))).toEqual([
    'l2 fits better than none: lowest validation loss -0.021 (95 % -0.034 to -0.009, p = 0.031, 10 seeds).',
  ]);
  const worse = { declared: 'worse', difference: difference(1.5, 0.5, 10), adjustedP: 0.00011 } as const;
  expect(say(comparison('l1', worse))).toEqual([
    'l1 fits worse than none: lowest validation loss +1.50 (95 % 1.00 to 2.00, p < 0.001, 10 seeds).',
  ]);
});

test('with too few seeds for the test, says how many it takes and that it is the test that cannot answer', () => {
  const three = { pairs: pairs(3, -0.02), difference: difference(-0.0213, 0.0126, 3), leastSeeds: 6 };
  expect(say(comparison('l2', { ...three, seedsNeeded: 9 }))).toEqual([
    'l2 against none: not declared, 3 seeds; about 9 would be needed. ' +
      'So far: lowest validation loss -0.021 (95 % -0.034 to -0.009).',
    'With fewer than 6 seeds no difference can be told from chance: --seeds 6.',
  ]);
  const five = { pairs: pairs(5, -0.02), leastSeeds: 7, seedsNeeded: 7 };
  expect(say(comparison('l2', five), comparison('dropout', five))).toEqual([
    expect.stringContaining('l2 against none: not declared, 5 seeds; at least 7 are needed. So far: '),
    expect.stringContaining('dropout against none: not declared, 5 seeds; at least 7 are needed. So far: '),
    'With fewer than 7 seeds no difference can be told from chance, with so many arms compared at once: --seeds 7.',
  ]);
});

test('with enough seeds, says what it would take', () => {
  const open = { difference: difference(-0.0021, 0.0059, 10), adjustedP: 0.4123, seedsNeeded: 63 };
  const behind = 'lowest validation loss -0.0021 (95 % -0.0080 to 0.0038, p = 0.41, 10 seeds).';
  expect(say(comparison('l2', open))).toEqual([
    `l2 against none: not declared; about 63 seeds would be needed: ${behind}`,
  ]);
  expect(say(comparison('l2', { ...open, seedsNeeded: undefined }))).toEqual([
    `l2 against none: not declared; more than 1,000 seeds would be needed: ${behind}`,
  ]);
  expect(say(comparison('l2', { ...open, seedsNeeded: 8 }))).toEqual([
    `l2 against none: not declared; a few more seeds would be needed: ${behind}`,
  ]);
});

test('counts the seeds that have no pair, and says where a run diverged', () => {
  const some = { pairs: pairs(8, -0.02), leftOut: 2 };
  expect(say(comparison('l2', { ...some, declared: 'better' }))[0]).toContain('p = 0.031, 8 of 10 seeds).');
  expect(say(comparison('l2', { ...some, diverged: 1 }))).toEqual([
    'l2 against none: not declared, as a run diverged at 1 seed; elsewhere ' +
      'lowest validation loss -0.021 (95 % -0.034 to -0.009, 8 of 10 seeds).',
  ]);
});

test('arms that reach the very same loss are no open question', () => {
  const same = { pairs: pairs(3), difference: { mean: 0, sd: 0, min: 0, max: 0, n: 3 }, adjustedP: 1 };
  const final = { number: 'final_val_data_loss', decides: false };
  const sentence = 'early has the same lowest validation loss as none at each of 3 seeds';
  expect(say(comparison('early', same))).toEqual([`${sentence}.`]);
  expect(say(comparison('early', same), comparison('early', { ...same, ...final }))).toEqual([
    `${sentence}.`,
  ]);
  expect(say(comparison('early', same), comparison('early', final))).toEqual([
    `${sentence}; final validation loss -0.021 (95 % -0.034 to -0.009).`,
  ]);
});

test('a single seed has no interval', () => {
  const one = { pairs: pairs(1, -0.02), difference: { mean: -0.02, sd: null, min: -0.02, max: -0.02, n: 1 } };
  expect(say(comparison('l2', { ...one, seedsNeeded: undefined }))).toEqual([
    'l2 against none: not declared, 1 seed; at least 7 seeds are needed. So far: lowest validation loss -0.0200.',
  ]);
});

test('numbers that do not decide, and records without comparisons, say nothing', () => {
  expect(say(comparison('l2', { decides: false }))).toEqual([]);
  expect(comparisonSentences({ baseline: 'none', arms: [] })).toEqual([]);
});
