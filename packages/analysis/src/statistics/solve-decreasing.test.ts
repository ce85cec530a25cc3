import { solveDecreasing } from './solve-decreasing.js';

test.each([
  ['near 0', 1e-9],
  ['in the middle', 0.7],
  ['far out', 1e12],
])('finds where a function takes a value: %s', (_, x) => {
  expect(Math.abs(solveDecreasing((at) => 1 / (1 + at / x), 0.5) / x - 1)).toBeLessThan(1e-15);
});

test('ends where the value is not reached', () => {
  expect(solveDecreasing((x) => 1 / (1 + x), 2)).toBe(0);
  expect(solveDecreasing(() => 1, 0.5)).toBe(Infinity);
});
