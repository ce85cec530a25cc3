import type { TensorInfo } from '@tensorflow/tfjs-core';
import { KernelError } from '../errors.js';
import type { KernelHost } from '../host/kernel-host.js';
import { activate, type ActivationAttrs } from './activate.js';
import { registerFused } from './register-fused.js';

/** Units that the kernel of the gradient takes at a time: `UNITS_A_GRAIN` of `assembly/multi-hot-gradient.ts`. */
const UNITS_A_GRAIN = 16;

const INTEGER = 4;

/** For which widths matrices that stay on a heap were looked at, by their addresses there: another heap has another copy. */
const checkedWidths = new WeakMap<readonly number[], number>();

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

/** Rows of ones, by the numbers of their columns. */
interface SparseMatrix {
  readonly indices: Int32Array;
  readonly offsets: Int32Array;
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
  readonly addresses: readonly number[];
  readonly rows: number;
  /** About how many: for the division among threads. */
  readonly ones: number;
}

/** Brings the rows to the heap, valid until the next use of scratch memory. */
function place(host: KernelHost, { matrix, chosen, width }: MultiHotAttrs): Placed {
  const { indices, offsets } = matrix;
  const all = offsets.length - 1;
  if (!chosen) {
    const scratch = host.scratch((indices.length + offsets.length) * INTEGER);
    const behind = scratch + indices.length * INTEGER;
    host.write(indices, scratch);
    host.write(offsets, behind);
    checkMatrix(host, [scratch, behind], matrix, width);
    return { addresses: [scratch, behind, 0], rows: all, ones: indices.length };
  }
  for (let i = 0; i < chosen.length; i++) {
    if (chosen[i] < all) continue;
    throw new KernelError('bad-row', `A multi-hot batch names row ${chosen[i]} of a matrix of ${all} rows.`);
  }
  const resident = host.residents.addresses(matrix, [indices, offsets]);
  if (checkedWidths.get(resident) !== width) {
    checkMatrix(host, resident, matrix, width);
    checkedWidths.set(resident, width);
  }
  const rows = host.scratch(chosen.length * INTEGER);
  host.write(chosen, rows);
  const ones = all > 0 ? (indices.length / all) * chosen.length : 0;
  return { addresses: [...resident, rows], rows: chosen.length, ones };
}

/** Kernels read and write where the indices say, so they are looked at before. */
function checkMatrix(
  host: KernelHost,
  placed: readonly number[],
  { indices, offsets }: SparseMatrix,
  width: number,
): void {
  const rows = offsets.length - 1;
  const at = host.exports.checkMultiHot(placed[0], indices.length, placed[1], rows, width);
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
