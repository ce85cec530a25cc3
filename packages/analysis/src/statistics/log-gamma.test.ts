import { logGamma } from './log-gamma.js';

// SciPy 1.17: special.gammaln(z), see tools/reference/statistics.py.
test.each([
  [0.5, 0.5723649429247],
  [3.7, 1.428072326665388],
  [1234.5, 7550.550901077894],
])('ln Γ(%d)', (z, expected) => {
  expect(Math.abs(logGamma(z) / expected - 1)).toBeLessThan(1e-14);
});

test('is the logarithm of the factorials', () => {
  expect(logGamma(1)).toBeCloseTo(0, 14);
  expect(Math.exp(logGamma(7))).toBeCloseTo(720, 10);
});
