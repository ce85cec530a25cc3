import { DatasetError } from '../dataset-error.js';
import type { IntRows } from '../multi-hot/int-rows.js';
import { IntListUnpickler } from './int-list-unpickler.js';
import { PickleBytes } from './pickle-bytes.js';
import { PickleList, PickleObject, PickleTuple } from './pickle-values.js';
import type { NpyArray } from './read-npy.js';

const MOST_ROWS = 2 ** 22;

const bad = (message: string): DatasetError => new DatasetError('bad-pickle', message);

/**
 * The rows of an `.npy` array of Python lists of integers, as NumPy writes it for ragged data.
 *
 * Such a file holds a Python pickle: a program. It is read by an interpreter that knows only the opcodes and the four
 * names that such an array consists of and that can call nothing; anything else in the file is an error.
 *
 * @throws DatasetError `bad-npy`, `bad-pickle`, `too-large` above 4,194,304 rows.
 */
export function readIntLists(array: NpyArray): IntRows {
  if (array.descr !== '|O') {
    throw new DatasetError('bad-npy', `The .npy file holds ${array.descr}; expected Python objects (|O)`);
  }
  if (array.shape.length !== 1) {
    throw new DatasetError(
      'bad-npy',
      `The .npy file has shape (${array.shape.join(', ')}); expected one dimension`,
    );
  }
  if (array.count > MOST_ROWS) {
    throw new DatasetError('too-large', `The .npy file declares ${array.count} rows, more than ${MOST_ROWS}`);
  }
  const unpickler = new IntListUnpickler(new PickleBytes(array.data), array.count + 1);
  const rows = rowsOf(unpickler.run());
  if (rows.length !== array.count) {
    throw bad(`The pickle holds ${rows.length} lists, and the .npy header declares ${array.count}`);
  }
  return gather(rows, unpickler.values);
}

/** Checks the state of NumPy's array: version, shape, type, order, elements. */
function rowsOf(value: unknown): readonly PickleList[] {
  if (!(value instanceof PickleObject) || value.kind !== 'array' || value.state === undefined) {
    throw bad('The pickle holds something else than an array');
  }
  const [version, shape, dtype, , elements] = value.state.items;
  const isVector = shape instanceof PickleTuple && shape.items.length === 1;
  if (version !== 1 || !isVector || !(dtype instanceof PickleObject) || !(elements instanceof PickleList)) {
    throw bad('The pickle holds an array of an unknown form');
  }
  if (elements.length > 0 || elements.rows.some((row) => row.rows.length > 0)) {
    throw bad('The pickle holds something else than lists of integers');
  }
  if (shape.items[0] !== elements.rows.length) {
    throw bad(`The pickle holds ${elements.rows.length} lists in an array of another length`);
  }
  return elements.rows;
}

function gather(rows: readonly PickleList[], values: Int32Array): IntRows {
  const offsets = new Int32Array(rows.length + 1);
  let total = 0;
  for (const [r, { length }] of rows.entries()) {
    total += length;
    // A list that is referred to again and again would grow without bound.
    if (total > values.length) throw bad('The pickle repeats its lists');
    offsets[r + 1] = total;
  }
  if (rows.every(({ start, length }, r) => length === 0 || start === offsets[r])) {
    return { values: values.subarray(0, total), offsets };
  }
  const sorted = new Int32Array(total);
  for (const [r, { start, length }] of rows.entries()) {
    sorted.set(values.subarray(start, start + length), offsets[r]);
  }
  return { values: sorted, offsets };
}
