import type { TensorInfo } from '@tensorflow/tfjs-core';
import { KernelError } from '../errors.js';
import type { KernelHost } from '../host/kernel-host.js';
import { isShared } from '../host/is-shared.js';

const INTEGER = 4;

/** Rows of ones, by the numbers of their columns. */
export interface SparseMatrix {
  readonly indices: Int32Array;
  readonly offsets: Int32Array;
}

/** Not tensors, so that a matrix can stay on the heap over all batches that are chosen from it. */
export interface MultiHotAttrs {
  readonly matrix: SparseMatrix;
  /** Numbers of the rows of `matrix` that are the batch; absent: all, and the matrix is for this batch alone. */
  readonly chosen?: Uint32Array;
  /** Columns of the input. */
  readonly width: number;
}

/** Rows on the heap. */
export interface PlacedRows {
  /** Of indices, offsets and row numbers. */
  readonly addresses: readonly number[];
  readonly rows: number;
  /** About how many: for the division among threads. */
  readonly ones: number;
}

/** For which widths matrices that stay on a heap were looked at, by their addresses there: another heap has another copy. */
const checkedWidths = new WeakMap<readonly number[], number>();

/** The last batch of shared rows on each heap, which its gradient asks for again. */
const lastBatches = new WeakMap<KernelHost, SharedBatch>();

interface SharedBatch {
  readonly matrix: SparseMatrix;
  /** A copy: whoever owns the array may fill it with the next batch. */
  readonly chosen: Uint32Array;
  readonly width: number;
  readonly memory: TensorInfo;
  readonly placed: PlacedRows;
}

/**
 * Brings the rows to the heap, valid until the next use of scratch memory.
 *
 * @throws KernelError `bad-index`, `bad-offsets` or `bad-row` where they do not fit.
 */
export function placeMultiHot(host: KernelHost, { matrix, chosen, width }: MultiHotAttrs): PlacedRows {
  const { indices, offsets } = matrix;
  const all = offsets.length - 1;
  if (!chosen) {
    const scratch = host.scratch((indices.length + offsets.length) * INTEGER);
    const behind = scratch + indices.length * INTEGER;
    host.write(indices, scratch);
    host.write(offsets, behind);
    checkMatrix(host, [scratch, behind], { ones: indices.length, rows: all, width });
    return { addresses: [scratch, behind, 0], rows: all, ones: indices.length };
  }
  for (let i = 0; i < chosen.length; i++) {
    if (chosen[i] < all) continue;
    throw new KernelError('bad-row', `A multi-hot batch names row ${chosen[i]} of a matrix of ${all} rows.`);
  }
  if (isShared(indices)) return placeShared(host, matrix, chosen, width);
  const resident = host.residents.addresses(matrix, [indices, offsets]);
  if (checkedWidths.get(resident) !== width) {
    checkMatrix(host, resident, { ones: indices.length, rows: all, width });
    checkedWidths.set(resident, width);
  }
  const rows = host.scratch(chosen.length * INTEGER);
  host.write(chosen, rows);
  const ones = all > 0 ? (indices.length / all) * chosen.length : 0;
  return { addresses: [...resident, rows], rows: chosen.length, ones };
}

/**
 * Copies the rows of a batch. For a matrix in memory that threads share: if each thread had it on a heap of its own, memory
 * would grow with the threads.
 */
function placeShared(host: KernelHost, matrix: SparseMatrix, chosen: Uint32Array, width: number): PlacedRows {
  const last = lastBatches.get(host);
  if (last?.matrix === matrix && last.width === width && sameRows(last.chosen, chosen)) return last.placed;
  const { indices, offsets } = matrix;
  if (offsets[0] !== 0 || offsets[offsets.length - 1] !== indices.length) throw badOffsets(indices.length);
  const ends = new Int32Array(chosen.length + 1);
  // Not from the ends, which hold 32 bits: of more than that there would be a block too small for what is copied.
  let ones = 0;
  for (let i = 0; i < chosen.length; i++) {
    const from = offsets[chosen[i]];
    const to = offsets[chosen[i] + 1];
    if (!(0 <= from && from <= to && to <= indices.length)) throw badOffsets(indices.length);
    ones += to - from;
    ends[i + 1] = ones;
  }

  // That of the batch before is given back first: they need not fit side by side.
  if (last) host.backend.disposeData(last.memory.dataId);
  lastBatches.delete(host);
  const memory = host.output([ones + ends.length]);
  const address = host.address(memory);
  const behind = address + ones * INTEGER;
  for (let i = 0; i < chosen.length;) {
    // Rows that lie one after the other are copied at once: all in an evaluation.
    const first = i;
    while (i + 1 < chosen.length && chosen[i + 1] === chosen[i] + 1) i++;
    host.write(
      indices.subarray(offsets[chosen[first]], offsets[chosen[i] + 1]),
      address + ends[first] * INTEGER,
    );
    i++;
  }
  host.write(ends, behind);
  const placed = { addresses: [address, behind, 0], rows: chosen.length, ones };
  try {
    checkMatrix(host, placed.addresses, { ones, rows: chosen.length, width });
  } catch (error) {
    host.backend.disposeData(memory.dataId);
    throw error;
  }
  lastBatches.set(host, { matrix, chosen: chosen.slice(), width, memory, placed });
  return placed;
}

function sameRows(some: Uint32Array, others: Uint32Array): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}

/** Kernels read and write where the indices say, so they are looked at before. */
function checkMatrix(
  host: KernelHost,
  [indices, offsets]: readonly number[],
  { ones, rows, width }: { readonly ones: number; readonly rows: number; readonly width: number },
): void {
  const at = host.exports.checkMultiHot(indices, ones, offsets, rows, width);
  if (at >= 0) {
    const column = host.integerAt(indices + at * INTEGER);
    throw new KernelError(
      'bad-index',
      `A multi-hot row names column ${column}, but the input is ${width} wide: columns count from 0.`,
    );
  }
  if (at === -2) throw badOffsets(ones);
}

function badOffsets(ones: number): KernelError {
  return new KernelError(
    'bad-offsets',
    `The offsets of multi-hot rows must rise from 0 to the number of indices, ${ones}.`,
  );
}
