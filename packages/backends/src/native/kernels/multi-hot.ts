import type { TensorInfo } from '@tensorflow/tfjs-core';
import { copyRows, type MultiHot } from '@wellfit/core';
import { BackendError } from '../../errors.js';
import { activated, type ActivationAttrs } from './activation.js';
import { registerNative, type Handle, type NativeHost } from './native-host.js';

/**
 * `WellfitMultiHotDense`: `activation(x . kernel + bias)` of a multi-hot batch `x`: sums of rows of `kernel`
 * `[width, units]`. `WellfitMultiHotGradient`: `transpose(x) . dz`, `[width, units]`.
 *
 * Both throw BackendError `bad-index`, `bad-offsets` or `bad-row` where the rows do not fit.
 */
export function registerMultiHot(host: NativeHost): void {
  const batches = new Batches(host);

  registerNative<{ kernel: TensorInfo; bias?: TensorInfo }, MultiHotAttrs & ActivationAttrs>(
    'WellfitMultiHotDense',
    ({ kernel, bias }, { activation, ...batch }) => {
      const { indices, segments, rows } = batches.place(batch);
      const product = host.one('SparseSegmentSumWithNumSegments', [kernel, indices, segments, rows]);
      return activated(host, product, bias, { activation });
    },
  );
  registerNative<{ dz: TensorInfo }, MultiHotAttrs>('WellfitMultiHotGradient', ({ dz }, batch) => {
    const { indices, segments, width } = batches.place(batch);
    return host.output(host.one('SparseSegmentSumGrad', [dz, indices, segments, width]));
  });
}

interface MultiHotAttrs {
  readonly matrix: MultiHot;
  /** Numbers of the rows of `matrix` that are the batch; absent: all. */
  readonly chosen?: Uint32Array;
  readonly width: number;
}

/** A batch on the backend. */
interface PlacedBatch {
  /** Columns of the ones, row after row. */
  readonly indices: Handle;
  /** The row of each. */
  readonly segments: Handle;
  readonly rows: Handle;
  readonly width: Handle;
}

/** Brings batches to the backend; the last one stays until the next comes, as the gradient needs it again. */
class Batches {
  /** Matrices that were looked at, with the width. */
  readonly #checked = new WeakMap<MultiHot, number>();
  #last: { readonly of: MultiHotAttrs; readonly placed: PlacedBatch } | undefined;

  constructor(private readonly host: NativeHost) {}

  place(batch: MultiHotAttrs): PlacedBatch {
    const { matrix, chosen, width } = batch;
    const last = this.#last?.of;
    // Without chosen rows the matrix may have changed since.
    const same = chosen && last?.chosen === chosen && last.matrix === matrix && last.width === width;
    if (same) return this.#last!.placed;
    this.#check(batch);
    const { indices, offsets } = chosen ? copyRows(matrix, chosen) : matrix;
    if (this.#last) this.host.free(Object.values(this.#last.placed) as Handle[]);
    const placed = {
      indices: this.host.handle(indices),
      segments: this.host.handle(rowsOf(offsets)),
      rows: this.host.handle(Int32Array.of(offsets.length - 1), []),
      width: this.host.handle(Int32Array.of(width), []),
    };
    this.#last = { of: batch, placed };
    return placed;
  }

  #check({ matrix, chosen, width }: MultiHotAttrs): void {
    const all = matrix.offsets.length - 1;
    const row = chosen?.find((number) => number >= all);
    if (row !== undefined)
      throw new BackendError('bad-row', `A multi-hot batch names row ${row} of a matrix of ${all} rows.`);
    if (chosen && this.#checked.get(matrix) === width) return;
    checkMatrix(matrix, width);
    if (chosen) this.#checked.set(matrix, width);
  }
}

function checkMatrix({ indices, offsets }: MultiHot, width: number): void {
  const rising = offsets.every((offset, row) => offset >= (row === 0 ? 0 : offsets[row - 1]));
  if (!rising || offsets[0] !== 0 || offsets[offsets.length - 1] !== indices.length)
    throw new BackendError(
      'bad-offsets',
      'The offsets of a multi-hot matrix must rise from 0 to its number of indices.',
    );
  for (const index of indices) {
    if (index >= 0 && index < width) continue;
    throw new BackendError(
      'bad-index',
      `A multi-hot row names column ${index}, but the input is ${width} wide: columns count from 0.`,
    );
  }
}

/** For each one the number of its row. */
function rowsOf(offsets: Int32Array): Int32Array {
  const rows = offsets.length - 1;
  const segments = new Int32Array(offsets[rows]);
  for (let row = 0; row < rows; row++) segments.fill(row, offsets[row], offsets[row + 1]);
  return segments;
}
