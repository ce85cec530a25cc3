import {
  BatchMatMul,
  broadcast_util,
  util,
  type BatchMatMulAttrs,
  type BatchMatMulInputs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';
import { hostOf } from '../hosts.js';
import { replaceKernel } from '../replace-kernel.js';
import { multiplyMatrices, sides } from './matrix-product.js';

/** Products of matrices `[..., m, k] x [..., k, n]` in all transpositions, as `matMul` and its gradients need them. */
export function registerBatchMatMul(): void {
  replaceKernel(BatchMatMul, (stock) => batchMatMul(stock!));
}

function batchMatMul(stock: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const { a, b } = inputs as Record<keyof BatchMatMulInputs, TensorInfo>;
    const { transposeA, transposeB } = attrs as unknown as BatchMatMulAttrs;
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return stock({ inputs, backend, attrs });
    return multiplyBatches(hostOf(backend), a, b, transposeA, transposeB);
  };
}

/**
 * The products of two stacks of matrices; where the leading axes differ they are broadcast.
 *
 * @param fused What is added and applied to each product.
 * @throws Error where the factors do not fit, which `matMul` leaves to the kernel to see.
 */
export function multiplyBatches(
  host: KernelHost,
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  fused: { bias?: number; relu?: boolean } = {},
): TensorInfo {
  const [m, k] = sides(a, transposeA);
  const [terms, n] = sides(b, transposeB);
  util.assert(k === terms, () => {
    const factors = `[${a.shape.join(', ')}] and [${b.shape.join(', ')}]`;
    return `matMul of ${factors}: ${k} columns do not fit ${terms} rows (transposed: ${transposeA}, ${transposeB}).`;
  });
  const rows = m * sizeOf(a.shape, -2);
  if (sizeOf(b.shape, -2) === 1 && a.shape.length >= b.shape.length && (!transposeA || rows === m)) {
    // One right factor for all: their rows are those of one matrix. Nearly every product of a network is one of these,
    // and small ones take no longer than finding out how stacks are broadcast.
    const out = host.output([...a.shape.slice(0, -2), m, n]);
    const [first, second, third] = [host.address(a), host.address(b), host.address(out)];
    const product = { a: first, b: second, c: third, m: rows, n, k, transposeA, transposeB, ...fused };
    multiplyMatrices(host, product);
    return out;
  }
  const leading = [a, b].map(({ shape }) => shape.slice(0, -2));
  const shape = broadcast_util.assertAndGetBroadcastShape(leading[0], leading[1]);
  const out = host.output([...shape, m, n]);
  const count = sizeOf(shape);
  const placesA = places(leading[0], shape);
  const placesB = places(leading[1], shape);
  const [first, second, third] = [a, b, out].map((tensor) => host.address(tensor));
  for (let i = 0; i < count; i++) {
    multiplyMatrices(host, {
      a: first + 4 * m * k * placesA(i),
      b: second + 4 * k * n * placesB(i),
      c: third + 4 * m * n * i,
      m,
      n,
      k,
      transposeA,
      transposeB,
      ...fused,
    });
  }
  return out;
}

/** Which matrix of a stack belongs to the `i`-th of the broadcast stack. */
function places(own: readonly number[], broadcast: readonly number[]): (i: number) => number {
  if (own.join() === broadcast.join()) return (i) => i;
  const padded = [...broadcast.slice(own.length).map(() => 1), ...own];
  return (i) => {
    let place = 0;
    let step = 1;
    for (let axis = broadcast.length - 1; axis >= 0; axis--) {
      const at = i % broadcast[axis];
      i = (i - at) / broadcast[axis];
      if (padded[axis] > 1) place += at * step;
      step *= padded[axis];
    }
    return place;
  };
}

/** @param end Of the axes that count, as for `slice`. */
function sizeOf(shape: readonly number[], end = shape.length): number {
  let size = 1;
  for (let axis = 0; axis < (end < 0 ? shape.length + end : end); axis++) size *= shape[axis];
  return size;
}
