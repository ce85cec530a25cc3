import { normalCdf } from './normal-cdf.js';

// SciPy 1.17: stats.norm.cdf(z), see tools/reference/statistics.py.
test.each([
  [0.5, 0.6914624612740131],
  [-1.959963984540054, 0.025],
  [2.99, 0.9986051127645078],
  [-3.1, 0.0009676032132183563],
  [-8, 6.22096057427174e-16],
])('Φ(%d)', (z, expected) => {
  expect(Math.abs(normalCdf(z) / expected - 1)).toBeLessThan(1e-12);
});

test('reaches its ends', () => {
  expect([-Infinity, 0, Infinity].map(normalCdf)).toEqual([0, 0.5, 1]);
  expect(normalCdf(NaN)).toBeNaN();
});
