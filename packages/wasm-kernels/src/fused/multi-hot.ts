import type { TensorInfo } from '@tensorflow/tfjs-core';
import { KernelError } from '../errors.js';
import { heapOf } from '../host/emscripten-heap.js';
import type { KernelHost } from '../host/kernel-host.js';
import { activate, type ActivationAttrs } from './activate.js';
import { registerFused } from './register-fused.js';
import { ResidentRows, writeRows, type PlacedRows, type SparseMatrix } from './resident-rows.js';

/** Units that the kernel of the gradient takes at a time: `UNITS_A_GRAIN` of `assembly/multi-hot-gradient.ts`. */
const UNITS_A_GRAIN = 16;

const INTEGER = 4;

const residents = new WeakMap<KernelHost, ResidentRows>();

/**
 * `WellfitMultiHotDense`: `activation(x . kernel + bias)` of `kernel` `[width, units]`, where row `r` of `x` is 1 at
 * `indices[offsets[r]]` up to, not including, `indices[offsets[r + 1]]`, and 0 elsewhere.
 *
 * `WellfitMultiHotGradient`: `transpose(x) . dz`, `[width, units]`.
 *
 * Both throw KernelError `bad-index`, `bad-offsets` or `bad-row` where the rows do not fit.
 */
export function registerMultiHot(): void {
  registerFused<MultiHotDenseInputs, MultiHotAttrs & ActivationAttrs>(
    'WellfitMultiHotDense',
    (host, { kernel, bias }, { activation, ...attrs }) => {
      const [, units] = kernel.shape;
      const { addresses, rows, ones } = place(host, attrs);
      const out = host.output([rows, units]);
      const weights = [host.address(kernel), host.addressOf(bias), host.address(out)];
      const args = [...addresses, ...weights, units, activation === 'relu' ? 1 : 0];
      host.run('multiHotDense', args, rows, ones * units);
      activate(host, out, { activation });
      return out;
    },
  );
  registerFused<{ dz: TensorInfo }, MultiHotAttrs>('WellfitMultiHotGradient', (host, { dz }, attrs) => {
    const [, units] = dz.shape;
    const { addresses, rows, ones } = place(host, attrs);
    const out = host.output([attrs.width, units]);
    const args = [...addresses, host.address(dz), host.address(out), rows, units, attrs.width];
    host.run('multiHotGradient', args, Math.ceil(units / UNITS_A_GRAIN), ones * units);
    return out;
  });
}

interface MultiHotDenseInputs {
  readonly kernel: TensorInfo;
  readonly bias?: TensorInfo;
}

/** Not tensors, so that a matrix can stay on the heap over all batches that are chosen from it. */
interface MultiHotAttrs {
  readonly matrix: SparseMatrix;
  /** Numbers of the rows of `matrix` that are the batch; absent: all, and the matrix is for this batch alone. */
  readonly chosen?: Uint32Array;
  /** Columns of the input. */
  readonly width: number;
}

interface Placed {
  /** Of indices, offsets and row numbers. */
  readonly addresses: readonly [indices: number, offsets: number, chosen: number];
  readonly rows: number;
  /** About how many: for the division among threads. */
  readonly ones: number;
}

/** Brings the rows to the heap, valid until the next use of scratch memory. */
function place(host: KernelHost, { matrix, chosen, width }: MultiHotAttrs): Placed {
  const { indices, offsets } = matrix;
  const all = offsets.length - 1;
  const check = (placed: PlacedRows): void => checkMatrix(host, placed, matrix, width);
  if (!chosen) {
    const scratch = host.scratch((indices.length + offsets.length) * INTEGER);
    const placed = writeRows(heapOf(host.backend), scratch, matrix);
    check(placed);
    return { addresses: [placed.indices, placed.offsets, 0], rows: all, ones: indices.length };
  }
  for (const row of chosen) {
    if (row < all) continue;
    throw new KernelError('bad-row', `A multi-hot batch names row ${row} of a matrix of ${all} rows.`);
  }
  let resident = residents.get(host);
  if (!resident) residents.set(host, (resident = new ResidentRows(host)));
  const placed = resident.place(matrix, width, check);
  const rows = host.scratch(chosen.length * INTEGER);
  new Uint32Array(heapOf(host.backend).HEAPU8.buffer, rows, chosen.length).set(chosen);
  const ones = all > 0 ? (indices.length / all) * chosen.length : 0;
  return { addresses: [placed.indices, placed.offsets, rows], rows: chosen.length, ones };
}

/** Kernels read and write where the indices say, so they are looked at before. */
function checkMatrix(
  host: KernelHost,
  placed: PlacedRows,
  { indices, offsets }: SparseMatrix,
  width: number,
): void {
  const rows = offsets.length - 1;
  const at = host.exports.checkMultiHot(placed.indices, indices.length, placed.offsets, rows, width);
  if (at >= 0) {
    throw new KernelError(
      'bad-index',
      `A multi-hot row names column ${indices[at]}, but the input is ${width} wide: columns count from 0.`,
    );
  }
  if (at === -2) {
    throw new KernelError(
      'bad-offsets',
      `The offsets of multi-hot rows must rise from 0 to the number of indices, ${indices.length}.`,
    );
  }
}
