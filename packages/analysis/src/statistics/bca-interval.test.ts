import { bcaInterval } from './bca-interval.js';

const skewed = [0.1, 0.2, 0.15, 0.3, 0.05, 0.9, 0.25, 0.12, 0.4, 1.6];

// SciPy 1.17: stats.bootstrap((x,), np.mean, n_resamples=200_000, method='BCa', rng=1), `sampled_bca(x, level)` of
// tools/reference/statistics.py. Random numbers differ, so that limits agree to about a hundredth.
test.each([
  ['as Efron has it', {}, [0.20499999999999996, 0.8550000000000002]],
  ['expanded', { expand: true }, [0.182, 0.98]],
])('limits of SciPy: %s', (_, options, expected) => {
  const interval = bcaInterval(skewed, { ...options, resamples: 100_000 }) ?? [];
  expect(interval).toHaveLength(2);
  interval.forEach((limit, i) => expect(Math.abs(limit - expected[i])).toBeLessThan(0.015));
});

test('the same seed gives the same limits, bit for bit; another does not', () => {
  expect(bcaInterval(skewed)).toEqual(bcaInterval(skewed, { seed: 0 }));
  expect(bcaInterval(skewed)).not.toEqual(bcaInterval(skewed, { seed: 1 }));
});

test('there is none for a single value', () => {
  expect(bcaInterval([1])).toBeUndefined();
});
