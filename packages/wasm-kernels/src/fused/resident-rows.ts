import { heapOf, type EmscriptenHeap } from '../host/emscripten-heap.js';
import type { KernelHost } from '../host/kernel-host.js';

/** Rows of ones, by the numbers of their columns: row `r` has `indices[offsets[r]]` up to `indices[offsets[r + 1] - 1]`. */
export interface SparseMatrix {
  readonly indices: Int32Array;
  readonly offsets: Int32Array;
}

/** Addresses of what a kernel reads. */
export interface PlacedRows {
  readonly indices: number;
  readonly offsets: number;
}

const INTEGER = 4;

/**
 * Matrices that stay on the heap as long as somebody holds them, so that an epoch does not send every row of a dataset
 * there again. They are freed some time after, when JavaScript collects the object.
 */
export class ResidentRows {
  readonly #heap: EmscriptenHeap;
  readonly #placed = new WeakMap<SparseMatrix, PlacedRows & { readonly width: number }>();
  readonly #freeing: FinalizationRegistry<number>;

  constructor(host: KernelHost) {
    this.#heap = heapOf(host.backend);
    const heap = this.#heap;
    this.#freeing = new FinalizationRegistry((address) => heap._free(address));
  }

  /**
   * Where a matrix lies; it is copied there the first time, and must not change from then on.
   *
   * @param width Every column number is smaller.
   * @param check Called once for a width; throws where the matrix is not well-formed.
   * @throws KernelError `out-of-memory`.
   */
  place(matrix: SparseMatrix, width: number, check: (placed: PlacedRows) => void): PlacedRows {
    const known = this.#placed.get(matrix);
    if (known?.width === width) return known;
    const { indices, offsets } = matrix;
    const address = known?.indices ?? this.#heap._malloc((indices.length + offsets.length) * INTEGER) >>> 0;
    try {
      const placed = known ?? writeRows(this.#heap, address, matrix);
      check(placed);
      this.#placed.set(matrix, { ...placed, width });
      if (!known) this.#freeing.register(matrix, address);
      return placed;
    } catch (error) {
      if (!known) this.#heap._free(address);
      throw error;
    }
  }
}

/** Writes indices and offsets one behind the other. */
export function writeRows(
  { HEAPU8 }: EmscriptenHeap,
  address: number,
  { indices, offsets }: SparseMatrix,
): PlacedRows {
  const behind = address + indices.length * INTEGER;
  new Int32Array(HEAPU8.buffer, address, indices.length).set(indices);
  new Int32Array(HEAPU8.buffer, behind, offsets.length).set(offsets);
  return { indices: address, offsets: behind };
}
