import { commonRange, rebin } from './rebin.js';

const distribution = (min: number, max: number, counts: number[]) => ({
  name: 'w',
  mean: 0,
  sd: 1,
  min,
  max,
  counts,
});
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test('keeps the shares where the bins are the same', () => {
  expect(rebin(distribution(0, 4, [1, 2, 4, 1]), { min: 0, max: 4 }, 4)).toEqual([0.125, 0.25, 0.5, 0.125]);
});

test('splits bins by how much of them lies in the new ones', () => {
  const shares = rebin(distribution(0, 2, [4, 4]), { min: -1, max: 3 }, 8);
  expect(shares).toEqual([0, 0, 0.25, 0.25, 0.25, 0.25, 0, 0]);
  const odd = rebin(distribution(0.1, 0.7, [3, 5, 2]), { min: 0, max: 1 }, 7);
  expect(sum(odd)).toBeCloseTo(1, 12);
  expect(odd[6]).toBe(0);
});

test('puts values that are all equal into one bin, also at the edges', () => {
  const spike = (at: number) => distribution(at, at, [7, 0, 0]);
  expect(rebin(spike(0), { min: -1, max: 1 }, 4)).toEqual([0, 0, 1, 0]);
  expect(rebin(spike(1), { min: -1, max: 1 }, 4)).toEqual([0, 0, 0, 1]);
});

test('the common range has a width also where all values are equal', () => {
  expect(commonRange([distribution(-1, 2, [1]), distribution(0, 3, [1])])).toEqual({ min: -1, max: 3 });
  expect(commonRange([distribution(0, 0, [1])])).toEqual({ min: -1, max: 1 });
  expect(commonRange([distribution(1e-5, 2e-5, [1])])).toEqual({ min: 1e-5, max: 2e-5 });
});
