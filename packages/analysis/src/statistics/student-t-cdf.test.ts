import { studentTCdf } from './student-t-cdf.js';

// SciPy 1.17: stats.t.cdf(t, df), see tools/reference/statistics.py.
test.each([
  [2.5, 4, 0.966616727594006],
  [-0.3, 1, 0.4072264209222577],
])('at t = %d with %d degrees of freedom', (t, df, expected) => {
  expect(Math.abs(studentTCdf(t, df) / expected - 1)).toBeLessThan(1e-13);
});
