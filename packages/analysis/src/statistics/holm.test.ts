import { holm } from './holm.js';

test('multiplies the smallest by their number, the next by one less, and never steps down', () => {
  // By hand: 4 × .01, 3 × .02, then 2 × .02 and 1 × .03, which are not below the .06 before them.
  const expected = [0.06, 0.04, 0.06, 0.06];
  holm([0.02, 0.01, 0.03, 0.02]).forEach((p, i) => expect(p).toBeCloseTo(expected[i], 15));
});

test('is at most 1', () => {
  expect(holm([0.6, 0.7, 0.9])).toEqual([1, 1, 1]);
  expect(holm([0.03])).toEqual([0.03]);
  expect(holm([])).toEqual([]);
});
