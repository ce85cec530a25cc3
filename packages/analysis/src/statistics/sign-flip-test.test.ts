import { signFlipTest } from './sign-flip-test.js';

const skewed = [0.1, 0.2, 0.15, 0.3, 0.05, 0.9, 0.25, 0.12, 0.4, 1.6];

// SciPy 1.17: stats.permutation_test((x,), np.mean, permutation_type='samples', n_resamples=np.inf).pvalue, `sign_flip(x)`
// of tools/reference/statistics.py.
test.each([
  [[-24, -3, -17, 5, -11].map((x) => x / 64), 0.1875],
  [[-3, -1, -2, -4, -2, -3], 0.03125],
  [[0.3, -0.1, 0.2, 0.2, -0.2, 0.1, 0], 0.4375],
  [skewed, 0.001953125],
  [skewed.map((x) => x - 0.2), 0.28125],
])('p of %j', (differences, expected) => {
  expect(signFlipTest(differences)).toBe(expected);
  expect(signFlipTest(differences.map((x) => -x))).toBe(expected);
  expect(signFlipTest(differences.map((x) => 1e307 * x))).toBe(expected);
});

test('its smallest p is 2 / 2^n, and 1 / 2^14 where patterns are drawn', () => {
  const ones = (n: number) => new Array<number>(n).fill(0.1);
  expect([1, 5, 14].map((n) => signFlipTest(ones(n)))).toEqual([1, 2 / 32, 2 / 2 ** 14]);
  expect(signFlipTest(ones(40))).toBe(1 / 2 ** 14);
});

test('drawn patterns come close to all of them', () => {
  const differences = Array.from({ length: 14 }, (_, i) => Math.sin(5 * i) + 0.25);
  const all = signFlipTest(differences);
  // Pairs without a difference change no sum, so that the patterns of 16 are those of 14, four times each.
  const drawn = signFlipTest([...differences, 0, 0]);
  expect(drawn).not.toBe(all);
  // Five standard errors.
  expect(Math.abs(drawn - all)).toBeLessThan(5 * Math.sqrt((all * (1 - all)) / 2 ** 14));
  expect(signFlipTest([...differences, 0, 0], 1)).not.toBe(drawn);
});

test('without any difference p is 1', () => {
  expect([1, 5, 20].map((n) => signFlipTest(new Array<number>(n).fill(0)))).toEqual([1, 1, 1]);
});

test('needs a difference', () => {
  expect(() => signFlipTest([])).toThrow(RangeError);
});
