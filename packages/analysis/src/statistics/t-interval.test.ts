import { summarize } from '../summarize.js';
import { tInterval } from './t-interval.js';

// SciPy 1.17: stats.t.interval(level, n - 1, np.mean(x), stats.sem(x)), see tools/reference/statistics.py.
test.each([
  [[-24, -3, -17, 5, -11].map((x) => x / 64), 0.95, [-0.37745543390348, 0.06495543390347999]],
  [[0.1, 0.2, 0.15, 0.3, 0.05, 0.9, 0.25, 0.12, 0.4, 1.6], 0.99, [-0.09123864041207613, 0.9052386404120762]],
])('the interval of the mean of %j at level %d', (values, level, expected) => {
  const interval = tInterval(summarize(values), level) ?? [];
  expect(interval).toHaveLength(2);
  interval.forEach((limit, i) => expect(limit).toBeCloseTo(expected[i], 12));
});

test('there is none for a single value, nor where squares overflow', () => {
  expect(tInterval({ mean: 1, sd: null, n: 1 })).toBeUndefined();
  expect(tInterval({ mean: 1, sd: Infinity, n: 2 })).toBeUndefined();
});
