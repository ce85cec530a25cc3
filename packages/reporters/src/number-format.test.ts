import { formatDifference, formatInterval, formatP } from './number-format.js';

const summary = (mean: number, interval?: [number, number]) => ({
  mean,
  sd: null,
  min: mean,
  max: mean,
  n: 2,
  ...(interval && { interval }),
});

test('a difference has a sign, and as many decimals as its interval lets count', () => {
  expect(formatDifference(summary(-0.02134, [-0.0339, -0.0087]))).toEqual({
    mean: '-0.021',
    interval: '-0.034 to -0.009',
  });
  expect(formatDifference(summary(12.34, [-30, 54]))).toEqual({ mean: '+12', interval: '-30 to 54' });
  expect(formatDifference(summary(0.3))).toEqual({ mean: '+0.3000' });
  expect(formatDifference(summary(0.3, [0.3, 0.3]))).toEqual({
    mean: '+0.3000',
    interval: '0.3000 to 0.3000',
  });
});

test('what rounds to nothing has no sign of less', () => {
  expect(formatInterval([-0.0001, 0.02])).toBe('0.000 to 0.020');
});

test('sizes that would take a row of digits are written with exponents', () => {
  expect(formatInterval([1e-12, 3e-12])).toBe('1.000e-12 to 3.000e-12');
  expect(formatInterval([1e8, 3e8])).toBe('1.000e+8 to 3.000e+8');
});

test('p-values', () => {
  expect([0.03125, 0.4123, 1, 0.00012].map(formatP)).toEqual(['0.031', '0.41', '1', '< 0.001']);
});
