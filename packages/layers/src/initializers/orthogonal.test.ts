import { randomStream } from '@wellfit/core';
import { fans } from './fans.js';
import { orthogonal } from './orthogonal.js';

/** A kernel as a matrix, row by row, as Keras flattens it. */
function matrix(shape: readonly number[], gain?: number): number[][] {
  const initializer = orthogonal(gain === undefined ? undefined : { gain });
  const values = initializer.values(shape, fans(shape), randomStream(3, 'init/test/kernel'));
  const width = shape[shape.length - 1];
  return Array.from({ length: values.length / width }, (_, row) => [
    ...values.subarray(row * width, (row + 1) * width),
  ]);
}

const transpose = (rows: number[][]): number[][] => rows[0].map((_, i) => rows.map((row) => row[i]));

test.each([
  ['tall: its columns', [60, 40], false],
  ['square', [50, 50], false],
  ['wide: its rows', [20, 70], true],
  ['of a convolution: its filters', [3, 3, 4, 16], false],
  ['of a convolution with many filters: its windows', [2, 2, 3, 32], true],
])('a kernel that is %s are orthonormal', (_, shape, byRows) => {
  const kernel = matrix(shape);
  const vectors = byRows ? kernel : transpose(kernel);
  vectors.forEach((a, i) =>
    vectors.forEach((b, j) => {
      const product = a.reduce((sum, value, k) => sum + value * b[k], 0);
      expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-6);
    }),
  );
});

test('the gain scales every element', () => {
  const plain = matrix([4, 3]).flat();
  matrix([4, 3], 2.5)
    .flat()
    .forEach((value, i) => expect(value).toBeCloseTo(2.5 * plain[i], 6));
});

// Without the choice of signs the diagonal of R, and with it one element in each column, would always be negative.
test('no direction is preferred', () => {
  const signs = Array.from({ length: 400 }, (_, seed) => {
    const [value] = orthogonal().values([3, 3], fans([3, 3]), randomStream(seed, 'init/test/kernel'));
    return Math.sign(value);
  });
  const positive = signs.filter((sign) => sign > 0).length;
  expect(positive).toBeGreaterThan(160);
  expect(positive).toBeLessThan(240);
});
