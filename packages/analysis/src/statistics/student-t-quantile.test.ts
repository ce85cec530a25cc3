import { studentTQuantile } from './student-t-quantile.js';

// SciPy 1.17: stats.t.ppf(p, df), see tools/reference/statistics.py.
test.each([
  [0.975, 1, 12.706204736174694],
  [0.975, 2, 4.302652729749462],
  [0.975, 4, 2.7764451051977934],
  [0.975, 9, 2.262157162798205],
  [0.975, 19, 2.0930240544083087],
  [0.6, 3, 0.2766706623326898],
  [0.0005, 7.5, -5.207725655800546],
])('the quantile of %d with %d degrees of freedom', (probability, df, expected) => {
  expect(Math.abs(studentTQuantile(probability, df) / expected - 1)).toBeLessThan(1e-12);
});

test('is symmetric', () => {
  expect(studentTQuantile(0.25, 6)).toBe(-studentTQuantile(0.75, 6));
  expect(studentTQuantile(0.5, 6)).toBe(0);
});

test.each([
  [0, 4],
  [1, 4],
  [NaN, 4],
  [0.5, 0],
])('refuses probability %d with %d degrees of freedom', (probability, df) => {
  expect(() => studentTQuantile(probability, df)).toThrow(RangeError);
});
