import { copyRows, isMultiHot, multiHotRows, selectRows, type MultiHot } from './multi-hot.js';

const matrix: MultiHot = {
  kind: 'multi-hot',
  indices: Int32Array.of(0, 3, 1, 0, 1, 2),
  offsets: Int32Array.of(0, 2, 2, 3, 6),
  width: 4,
};

test('selects rows in the given order, with repeats and empty rows', () => {
  expect(multiHotRows(matrix)).toBe(4);
  const rows = Uint32Array.of(3, 1, 0, 3);
  const copied: MultiHot = {
    kind: 'multi-hot',
    indices: Int32Array.of(0, 1, 2, 0, 3, 0, 1, 2),
    offsets: Int32Array.of(0, 3, 3, 5, 8),
    width: 4,
  };
  expect(copyRows(matrix, rows)).toEqual(copied);
  const selected = selectRows(matrix, rows);
  expect(multiHotRows(selected)).toBe(4);
  expect(selected).toEqual({ ...copied, chosenFrom: { matrix, rows } });
  expect(selected.indices).toBe(selected.indices);
  expect(multiHotRows(selectRows(matrix, new Uint32Array(0)))).toBe(0);
});

test('is told from other inputs by its kind', () => {
  expect(isMultiHot(matrix)).toBe(true);
  for (const other of [null, undefined, 3, {}, { kind: 'tensor' }]) expect(isMultiHot(other)).toBe(false);
});
