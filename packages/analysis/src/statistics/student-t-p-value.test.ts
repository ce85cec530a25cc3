import { studentTPValue } from './student-t-p-value.js';

// SciPy 1.17: 2 * stats.t.sf(t, df), see tools/reference/statistics.py.
test.each([
  [2.5, 4, 0.06676654481198814],
  [0.01, 9, 0.9922394455363253],
  [12, 2, 0.00687293367715846],
  [40, 30, 1.3726045194406417e-27],
])('two-sided p at t = %d with %d degrees of freedom', (t, df, expected) => {
  expect(Math.abs(studentTPValue(t, df) / expected - 1)).toBeLessThan(1e-12);
  expect(studentTPValue(-t, df)).toBe(studentTPValue(t, df));
});

test('reaches its ends', () => {
  expect([0, 1e200, Infinity].map((t) => studentTPValue(t, 5))).toEqual([1, 0, 0]);
});
