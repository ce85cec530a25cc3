import type { KernelHost } from '../host/kernel-host.js';
import type { MatrixProduct } from './matrix-product.js';

/** Columns below which looking for zeros costs more than it can save. */
const WIDE = 256;

/** Columns for which `gemmSparse` has room: see `assembly/gemm-sparse.ts`. */
const WIDEST = 131_000;

/** Rows that are looked at. */
const SAMPLE = 8;

/**
 * Largest shares of what is not 0 at which the sparse kernels are worth it: of numbers, and of runs of four numbers for
 * a transposed factor. Measured with images `[100, 784]` by `[784, 64]`: as fast as without at about .6 and .85; at MNIST's
 * .19 and .28 in 100 us instead of 292, and 137 instead of 339.
 */
const WORTH_IT = 0.5;
const TRANSPOSED_WORTH_IT = 0.75;

/**
 * Whether the left factor seems to hold mostly zeros, as images of digits do, and nothing but rounding depends on them:
 * both ways give the same bits where the right factor is finite (but for the sign of a 0 where the bias is -0).
 */
export function isSparse(
  host: KernelHost,
  { a, b, m, n, k, transposeA, transposeB }: MatrixProduct,
): boolean {
  const [rows, columns] = transposeA ? [k, m] : [m, k];
  if (transposeB || columns < WIDE || columns > WIDEST || rows === 0) return false;
  const sample = Math.min(rows, SAMPLE);
  const step = Math.floor(rows / sample) * columns * Float32Array.BYTES_PER_ELEMENT;
  const count = host.exports.countNonzeros(a, step, sample, columns, transposeA ? 1 : 0);
  const share = count / (sample * (transposeA ? Math.floor(columns / 4) : columns));
  if (share > (transposeA ? TRANSPOSED_WORTH_IT : WORTH_IT)) return false;
  return host.exports.areFinite(b, k * n) === 1;
}
