import { noncentralTCdf } from './noncentral-t-cdf.js';
import { studentTCdf } from './student-t-cdf.js';

// SciPy 1.17: stats.nct.cdf(t, df, noncentrality), see tools/reference/statistics.py.
test.each([
  [2.5, 4, 1.5, 0.7373937430166785],
  [2.5, 4, -1.5, 0.9989880145700498],
  [-1, 9, 0.5, 0.07564345303987377],
  [12.7, 1, 15, 0.23901280131831573],
])('at t = %d with %d degrees of freedom and noncentrality %d', (t, df, noncentrality, expected) => {
  expect(noncentralTCdf(t, df, noncentrality)).toBeCloseTo(expected, 11);
});

test("without noncentrality it is Student's", () => {
  expect(noncentralTCdf(1, 30, 0)).toBeCloseTo(studentTCdf(1, 30), 14);
});

test('a large noncentrality does not underflow', () => {
  // With many degrees of freedom nearly normal around it.
  expect(noncentralTCdf(100, 1e6, 100)).toBeCloseTo(0.5, 2);
});
