import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';
import { isSparse } from './is-sparse.js';

/** A product of two matrices: `c = a . b`, either of them transposed. */
export interface MatrixProduct {
  /** Addresses of row-major matrices. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** Address of `n` floats that are added to each row, 0 for none. */
  readonly bias?: number;
  readonly relu?: boolean;
  /** Rows of `c`. */
  readonly m: number;
  /** Columns of `c`. */
  readonly n: number;
  /** Terms of each sum. */
  readonly k: number;
  /** `a` is `[k, m]` instead of `[m, k]`. */
  readonly transposeA: boolean;
  /** `b` is `[n, k]` instead of `[k, n]`. */
  readonly transposeB: boolean;
}

const FLOAT = 4;

/** Columns of a grain of `gemmByPanel`. */
const COLUMNS_A_GRAIN = 16;

/**
 * Up to so many rows `gemmByPanel` is as fast as `gemm` or faster (`[32, 2048] x [2048, 256]`: 31.7 GFLOP/s against 26.7),
 * and needs no copy of the whole right factor; given enough columns to divide, and terms that fit into its memory.
 */
const FEW_ROWS = 128;
const ENOUGH_COLUMNS = 64;
const MOST_TERMS = 16_000;

/** Multiplications that take as long as to copy a float to another order. */
const WORK_A_COPY = 8;

/** Computes a product of two matrices in the way that suits how they lie in memory. */
export function multiplyMatrices(host: KernelHost, product: MatrixProduct): void {
  const { a, b, c, m, n, k, bias = 0, relu = false, transposeA, transposeB } = product;
  const work = m * n * k;
  const tiles = Math.ceil(m / 4);
  if (transposeA && !transposeB && bias === 0 && !relu) {
    const kernel = isSparse(host, product) ? 'gemmSparseTransposed' : 'gemmTransposed';
    host.run(kernel, [a, b, c, m, n, k], tiles, work);
    return;
  }
  if (!transposeA && isSparse(host, product)) {
    host.run('gemmSparse', [a, b, bias, c, n, k, relu ? 1 : 0], m, work);
    return;
  }
  const [kStep, nStep] = transposeB ? [FLOAT, k * FLOAT] : [n * FLOAT, FLOAT];
  if (!transposeA && m <= FEW_ROWS && n >= ENOUGH_COLUMNS && k <= MOST_TERMS) {
    const args = [a, k * FLOAT, b, kStep, nStep, bias, c, m, n, k, relu ? 1 : 0];
    host.run('gemmByPanel', args, Math.ceil(n / COLUMNS_A_GRAIN), work);
    return;
  }
  const panels = Math.ceil(n / 8);
  const panelBytes = panels * 8 * (k + 1) * FLOAT;
  const copyBytes = transposeA ? m * k * FLOAT : 0;
  const packed = host.scratch(panelBytes + copyBytes);
  host.run('packPanels', [b, kStep, nStep, k, n, bias, packed], panels, WORK_A_COPY * n * k);
  let rows = a;
  if (transposeA) {
    // Nobody's gradient needs this case: both transposed, or transposed with a bias.
    rows = packed + panelBytes;
    host.run('transpose', [a, k, m, rows], tiles, WORK_A_COPY * m * k);
  }
  host.run('gemm', [rows, k * FLOAT, packed, c, m, n, k, relu ? 1 : 0], tiles, work);
}

/** Rows and columns of the last two axes, after a transposition. */
export function sides({ shape }: TensorInfo, transposed: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
}
