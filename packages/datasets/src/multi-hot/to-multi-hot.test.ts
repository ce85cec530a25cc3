import { randomStream } from '@wellfit/core';
import type { RowSource } from './row-source.js';
import { toMultiHot } from './to-multi-hot.js';

function source(rows: readonly (readonly number[])[]): RowSource {
  return {
    rows: rows.length,
    longest: Math.max(...rows.map((row) => row.length)),
    total: rows.flat().length,
    read(row, out) {
      out.set(rows[row]);
      return rows[row].length;
    },
  };
}

test('sorts the values of a row and drops repeats', () => {
  const matrix = toMultiHot(source([[5, 1, 5, 63, 64, 31, 32, 1], [], [0], [99, 98]]), 100);
  expect([...matrix.indices]).toEqual([1, 5, 31, 32, 63, 64, 0, 98, 99]);
  expect([...matrix.offsets]).toEqual([0, 6, 6, 7, 9]);
  expect(matrix.width).toBe(100);
});

test('does what sets do, for many random rows', () => {
  const random = randomStream(1, 'rows');
  const rows = Array.from({ length: 200 }, () =>
    Array.from({ length: random.below(80) }, () => random.below(777)),
  );
  const { indices, offsets } = toMultiHot(source(rows), 777);
  rows.forEach((row, r) => {
    const expected = [...new Set(row)].sort((a, b) => a - b);
    expect([...indices.subarray(offsets[r], offsets[r + 1])]).toEqual(expected);
  });
});
