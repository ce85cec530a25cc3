import { errorOf } from '../error-of.test-support.js';
import { idxBytes } from './idx-bytes.test-support.js';
import { readIdx } from './read-idx.js';

test('reads shape and values, wherever the file lies in its buffer', () => {
  const file = idxBytes([2, 1, 3], [1, 2, 3, 4, 5, 255]);
  const shifted = new Uint8Array(file.length + 3);
  shifted.set(file, 3);
  for (const bytes of [file, shifted.subarray(3)]) {
    expect(readIdx(bytes)).toEqual({ shape: [2, 1, 3], values: Uint8Array.of(1, 2, 3, 4, 5, 255) });
  }
});

test('reads an array without values', () => {
  expect(readIdx(idxBytes([0, 28], []))).toEqual({ shape: [0, 28], values: new Uint8Array() });
});

const file = idxBytes([2, 2], [1, 2, 3, 4]);
const changed = (at: number, value: number): Uint8Array => file.map((byte, i) => (i === at ? value : byte));

test.each<[string, Uint8Array, string]>([
  ['nothing', new Uint8Array(), 'has 0 bytes'],
  ['half a header', file.subarray(0, 3), 'has 3 bytes'],
  ['dimensions that are cut off', file.subarray(0, 11), 'declares 2 dimensions in 11 bytes'],
  ['values that are cut off', file.subarray(0, -1), 'declares 2 x 2 = 4 values and has 3'],
  ['values too many', idxBytes([2, 2], [1, 2, 3, 4, 5]), 'declares 2 x 2 = 4 values and has 5'],
  ['no dimensions', changed(3, 0), 'declares 0 dimensions'],
  ['another magic', changed(0, 0x1f), 'is no IDX file: it begins with 1f 00 08 02'],
  ['an unknown type', changed(2, 0x0a), 'is no IDX file'],
  ['floats', idxBytes([1], [0, 0, 0, 0], 0x0d), 'holds 32-bit floats; only unsigned bytes can be read'],
  [
    'absurd dimensions',
    idxBytes(Array(9).fill(0xffffffff) as number[], [1]),
    'has 1: it is damaged or cut off',
  ],
  ['255 dimensions', changed(3, 255), 'declares 255 dimensions in 16 bytes'],
])('refuses %s', (_, bytes, message) => {
  const error = errorOf(() => readIdx(bytes, 'digits'));
  expect(error).toMatchObject({ code: 'bad-idx' });
  expect((error as Error).message).toMatch(/^digits /);
  expect((error as Error).message).toContain(message);
});
