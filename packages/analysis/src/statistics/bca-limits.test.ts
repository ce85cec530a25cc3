import { bcaLimits } from './bca-limits.js';
import { countedMean } from './bootstrap-means.js';

/** Multiples of 1/64, so that sums are exact and equal means are equal in SciPy too. */
const values = [-24, -3, -17, 5, -11].map((x) => x / 64);

/** The means of all 5^5 resamples: what random ones stand for. */
const means = Float64Array.from({ length: 5 ** 5 }, (_, i) => {
  const counts = new Array<number>(5).fill(0);
  for (let draw = 0; draw < 5; draw++) counts[Math.floor(i / 5 ** draw) % 5] += 1;
  return countedMean(values, counts);
}).sort();

// SciPy 1.17: stats.bootstrap(method='BCa') on the same means, `bca(values, level)` of tools/reference/statistics.py; the
// expanded ones at the level 1 - 2 Φ(-sqrt(5 / 4) t.ppf(0.975, 4)).
test.each([
  ['at .95', {}, [-0.290625, -0.015625]],
  ['at .8', { level: 0.8 }, [-0.246875, -0.0625]],
  ['expanded', { expand: true }, [-0.353125, 0.053125]],
])('limits of SciPy: %s', (_, options, expected) => {
  bcaLimits(values, means, options).forEach((limit, i) => expect(limit).toBeCloseTo(expected[i], 10));
});

test('values that are all equal have their value for both limits', () => {
  expect(bcaLimits([2, 2, 2], new Float64Array(10).fill(2))).toEqual([2, 2]);
});
