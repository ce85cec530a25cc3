/** Rows of integers that are produced one at a time, so that they need not all be in memory. */
export interface RowSource {
  /** Number of rows. */
  readonly rows: number;
  /** Values in the longest row, at most. */
  readonly longest: number;
  /** Values in all rows together, at most. */
  readonly total: number;
  /** Writes a row to the front of `out` and returns its length. */
  read(row: number, out: Int32Array): number;
}
