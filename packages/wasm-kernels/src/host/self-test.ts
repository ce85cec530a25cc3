import { multiplyMatrices, type MatrixProduct } from '../matmul/matrix-product.js';
import { heapOf } from './emscripten-heap.js';
import type { KernelHost } from './kernel-host.js';

/** Sizes `m, n, k`: one of everything, odd tails, more rows than a block, and enough work to be divided. */
const SIZES = [
  [1, 1, 1],
  [7, 13, 5],
  [6, 9, 259],
  [66, 67, 261],
] as const;

/**
 * Multiplies small matrices in all transpositions by the kernels and in plain JavaScript.
 *
 * The numbers are small and whole, so that every order of summation and every way of rounding gives the same.
 *
 * @returns What is wrong, one clause; undefined where all is well.
 */
export function selfTest(host: KernelHost): string | undefined {
  try {
    for (const [m, n, k] of SIZES) {
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          for (const relu of [false, true]) {
            if (agrees(host, { m, n, k, transposeA, transposeB, relu })) continue;
            return `a product of ${m} x ${k} and ${k} x ${n} is wrong`;
          }
        }
      }
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Case = Required<Pick<MatrixProduct, 'm' | 'n' | 'k' | 'transposeA' | 'transposeB' | 'relu'>>;

function agrees(host: KernelHost, given: Case): boolean {
  const { m, n, k, transposeA, transposeB, relu } = given;
  const heap = heapOf(host.backend);
  const block = heap._malloc(4 * (m * k + k * n + n + m * n)) >>> 0;
  const a = block;
  const b = a + 4 * m * k;
  const bias = b + 4 * k * n;
  const c = bias + 4 * n;
  const floats = (address: number, length: number): Float32Array =>
    new Float32Array(heap.HEAPU8.buffer, address, length);
  try {
    floats(a, m * k).forEach((_, i, x) => (x[i] = ((i * 7) % 11) - 5));
    floats(b, k * n).forEach((_, i, x) => (x[i] = ((i * 5) % 13) - 6));
    floats(bias, n).forEach((_, i, x) => (x[i] = i % 3));
    // Where nothing is added, the transposed product takes another path.
    multiplyMatrices(host, { ...given, a, b, c, bias: relu ? bias : 0 });
    const [x, y, z, out] = [floats(a, m * k), floats(b, k * n), floats(bias, n), floats(c, m * n)];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = relu ? z[j] : 0;
        for (let l = 0; l < k; l++) {
          sum += x[transposeA ? l * m + i : i * k + l] * y[transposeB ? j * k + l : l * n + j];
        }
        if (out[i * n + j] !== (relu ? Math.max(0, sum) : sum)) return false;
      }
    }
    return true;
  } finally {
    heap._free(block);
  }
}
