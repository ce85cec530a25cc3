import { normalQuantile } from './normal-quantile.js';

// SciPy 1.17: stats.norm.ppf(p), see tools/reference/statistics.py.
test.each([
  [0.975, 1.959963984540054],
  [0.0001, -3.7190164854556804],
])('the normal quantile of %d', (probability, expected) => {
  expect(Math.abs(normalQuantile(probability) / expected - 1)).toBeLessThan(1e-12);
});

test('reaches its ends', () => {
  expect([0, 0.5, 1].map(normalQuantile)).toEqual([-Infinity, 0, Infinity]);
});
