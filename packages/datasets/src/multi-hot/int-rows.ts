import type { RowSource } from './row-source.js';

/** Rows of integers of different lengths, end to end. */
export interface IntRows {
  readonly values: Int32Array;
  /** Row `r` is `values[offsets[r]]` up to, not including, `values[offsets[r + 1]]`; `rows + 1` entries. */
  readonly offsets: Int32Array;
}

/** Copies all rows of a source into memory. */
export function toIntRows(source: RowSource): IntRows {
  const values = new Int32Array(source.total);
  const offsets = new Int32Array(source.rows + 1);
  for (let row = 0; row < source.rows; row++) {
    offsets[row + 1] = offsets[row] + source.read(row, values.subarray(offsets[row]));
  }
  return { values: values.subarray(0, offsets[source.rows]), offsets };
}
