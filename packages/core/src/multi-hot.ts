/**
 * Rows of a 0/1 matrix, stored as the column numbers of their ones (compressed sparse rows).
 *
 * A batch of 512 reviews over 10,000 words is 20 MB as a dense matrix and 0.25 MB in this form; the dense
 * matrix is never built.
 */
export interface MultiHot {
  readonly kind: 'multi-hot';
  /** Column numbers of the ones, row after row; within a row ascending and distinct. */
  readonly indices: Int32Array;
  /** Row `r` owns `indices[offsets[r]]` up to, not including, `indices[offsets[r + 1]]`; `rows + 1` entries. */
  readonly offsets: Int32Array;
  /** Number of columns; every index is smaller. */
  readonly width: number;
  /**
   * Where these rows were chosen from, so that a backend can keep that matrix and need be told their numbers only.
   * Neither changes any more. Absent where the rows stand for themselves.
   */
  readonly chosenFrom?: { readonly matrix: MultiHot; readonly rows: Uint32Array };
}

/** Whether a model input is multi-hot rather than a dense tensor. */
export function isMultiHot(value: unknown): value is MultiHot {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'multi-hot';
}

/** Number of rows. */
export function multiHotRows(matrix: MultiHot): number {
  return matrix.chosenFrom?.rows.length ?? matrix.offsets.length - 1;
}

/**
 * The given rows of a matrix, in the given order: a batch. They are copied when their indices or offsets are asked for,
 * which a backend that keeps the matrix never does.
 *
 * @param matrix Must not change from now on, nor `rows`.
 * @param rows Row numbers of `matrix`; repeats are allowed.
 */
export function selectRows(matrix: MultiHot, rows: Uint32Array): MultiHot {
  let copied: MultiHot | undefined;
  const copy = (): MultiHot => (copied ??= copyRows(matrix, rows));
  return {
    kind: 'multi-hot',
    get indices() {
      return copy().indices;
    },
    get offsets() {
      return copy().offsets;
    },
    width: matrix.width,
    chosenFrom: { matrix, rows },
  };
}

/**
 * Copies the given rows, in the given order, into a new multi-hot matrix.
 *
 * @param rows Row numbers of `matrix`; repeats are allowed.
 */
export function copyRows(matrix: MultiHot, rows: Uint32Array): MultiHot {
  const offsets = new Int32Array(rows.length + 1);
  for (let r = 0; r < rows.length; r++) {
    offsets[r + 1] = offsets[r] + matrix.offsets[rows[r] + 1] - matrix.offsets[rows[r]];
  }
  const indices = new Int32Array(offsets[rows.length]);
  for (let r = 0; r < rows.length; r++) {
    indices.set(matrix.indices.subarray(matrix.offsets[rows[r]], matrix.offsets[rows[r] + 1]), offsets[r]);
  }
  return { kind: 'multi-hot', indices, offsets, width: matrix.width };
}
