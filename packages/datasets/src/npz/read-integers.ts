import { DatasetError } from '../dataset-error.js';
import type { NpyArray } from './read-npy.js';

type ReadInteger = (view: DataView, at: number) => number;

/** Bytes per number, and how to read one; 64-bit integers must fit 32 bits. */
const readers: Readonly<Record<string, readonly [number, ReadInteger]>> = {
  '|b1': [1, (view, at) => view.getUint8(at)],
  '|u1': [1, (view, at) => view.getUint8(at)],
  '|i1': [1, (view, at) => view.getInt8(at)],
  '<u2': [2, (view, at) => view.getUint16(at, true)],
  '<i2': [2, (view, at) => view.getInt16(at, true)],
  '<i4': [4, (view, at) => view.getInt32(at, true)],
  '<i8': [8, readInt64],
};

/**
 * The integers of a one-dimensional `.npy` array.
 *
 * @throws DatasetError `bad-npy` where it holds another type, has another rank or length than declared, or a 64-bit
 * number that does not fit 32 bits.
 */
export function readIntegers(array: NpyArray): Int32Array {
  const { descr, shape, count, data } = array;
  const reader = Object.hasOwn(readers, descr) ? readers[descr] : undefined;
  if (reader === undefined) {
    throw new DatasetError(
      'bad-npy',
      `The .npy file holds ${descr}; expected integers (${Object.keys(readers).join(', ')})`,
    );
  }
  if (shape.length !== 1) {
    throw new DatasetError(
      'bad-npy',
      `The .npy file has shape (${shape.join(', ')}); expected one dimension`,
    );
  }
  const [size, read] = reader;
  if (data.length !== count * size) {
    throw new DatasetError(
      'bad-npy',
      `The .npy file holds ${data.length} bytes of data, not ${count} x ${size}`,
    );
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Int32Array.from({ length: count }, (_, i) => read(view, i * size));
}

function readInt64(view: DataView, at: number): number {
  const value = view.getInt32(at, true);
  if (view.getInt32(at + 4, true) !== value >> 31) {
    throw new DatasetError(
      'bad-npy',
      `The .npy file holds ${view.getBigInt64(at, true)}, which does not fit 32 bits`,
    );
  }
  return value;
}
