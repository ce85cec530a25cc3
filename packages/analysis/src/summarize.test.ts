import { summarize } from './index.js';

test('mean, sample standard deviation, extremes and count', () => {
  // sd of 2, 4, 4, 4, 5, 5, 7, 9 with n - 1: sqrt(32 / 7).
  expect(summarize([2, 4, 4, 4, 5, 5, 7, 9])).toMatchObject({
    mean: 5,
    sd: Math.sqrt(32 / 7),
    min: 2,
    max: 9,
    n: 8,
  });
});

test('the 95 % interval of the mean', () => {
  // The mean of 1, 2, 3 is 2 ± 4.3027 / √3, the quantile of Student's t with 2 degrees of freedom.
  const [low, high] = summarize([1, 2, 3]).interval ?? [];
  expect(low).toBeCloseTo(2 - 4.302652729749464 / Math.sqrt(3), 12);
  expect(high).toBeCloseTo(2 + 4.302652729749464 / Math.sqrt(3), 12);
});

test('a single value has no standard deviation and no interval', () => {
  expect(summarize([0.3])).toEqual({ mean: 0.3, sd: null, min: 0.3, max: 0.3, n: 1 });
});

test('does not lose the spread of large, close numbers', () => {
  expect(summarize([1e9, 1e9 + 1, 1e9 + 2]).sd).toBe(1);
});

test('does not depend on the order, to the last bit', () => {
  const values = [0.1, 0.7, 1e-9, 0.3, 123.4, 0.2];
  expect(summarize([...values].reverse())).toEqual(summarize(values));
  expect(summarize([...values.slice(3), ...values.slice(0, 3)])).toEqual(summarize(values));
});

test('needs a value', () => {
  expect(() => summarize([])).toThrow(RangeError);
});
