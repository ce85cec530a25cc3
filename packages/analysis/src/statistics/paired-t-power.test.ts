import { pairedTPower } from './paired-t-power.js';

// SciPy 1.17: stats.nct.sf(t, n - 1, d) + stats.nct.cdf(-t, n - 1, d) with t = stats.t.ppf(1 - level / 2, n - 1) and
// d = effect * sqrt(n); `power(effect, n, level)` of tools/reference/statistics.py.
test.each([
  [1, 10, 0.05, 0.8030968566327219],
  [0.5, 34, 0.05, 0.8077775012792738],
  [2, 3, 0.05, 0.47074943127843494],
  [5, 2, 0.05 / 3, 0.14684859570179457],
])('of an effect of %d with %d pairs at level %d', (effect, pairs, level, expected) => {
  expect(pairedTPower(effect, pairs, level)).toBeCloseTo(expected, 10);
  expect(pairedTPower(-effect, pairs, level)).toBe(pairedTPower(effect, pairs, level));
});

test('where there is no difference, it is the level', () => {
  expect(pairedTPower(0, 7, 0.05)).toBeCloseTo(0.05, 12);
});
