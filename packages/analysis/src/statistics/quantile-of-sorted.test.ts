import { quantileOfSorted } from './quantile-of-sorted.js';

test('runs straight between neighbors, from the smallest to the largest', () => {
  expect([0, 0.25, 0.5, 1].map((share) => quantileOfSorted([1, 2, 4], share))).toEqual([1, 1.5, 2, 4]);
  expect(quantileOfSorted([7], 0.3)).toBe(7);
});
