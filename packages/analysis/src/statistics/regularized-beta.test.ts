import { regularizedBeta } from './regularized-beta.js';

// SciPy 1.17: special.betainc(a, b, x), see tools/reference/statistics.py.
test.each([
  [2.5, 0.5, 0.3, 0.018927124071945658],
  [0.5, 0.5, 0.999, 0.9798649583666235],
  [10.5, 4.5, 0.71, 0.503062556015231],
  [500.5, 0.5, 0.99, 0.001519047958831174],
])('I(a = %d, b = %d) at x = %d', (a, b, x, expected) => {
  expect(Math.abs(regularizedBeta(x, a, b) / expected - 1)).toBeLessThan(1e-12);
});

test('is exact at the ends, and of a uniform variable x itself', () => {
  expect([0, 1].map((x) => regularizedBeta(x, 2, 3))).toEqual([0, 1]);
  expect(regularizedBeta(0.37, 1, 1)).toBeCloseTo(0.37, 14);
});
