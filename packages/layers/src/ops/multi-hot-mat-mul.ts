import { customGrad, tensor2d, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { multiHotRows, type MultiHot } from '@wellfit/core';

/**
 * Product of a multi-hot matrix and a dense one: row `r` of the result is the sum of the kernel's rows named by row
 * `r` of `x`. Forward and gradient touch only the ones, so neither the dense matrix nor the zeros cost anything.
 *
 * @param x `[rows, width]`, sparse; it gets no gradient.
 * @param kernel `[width, units]`.
 * @returns `[rows, units]`; the caller disposes it.
 */
export function multiHotMatMul(x: MultiHot, kernel: Tensor2D): Tensor2D {
  const [width, units] = kernel.shape;
  const product = customGrad((w) => ({
    value: tensor2d(sumRows(x, (w as Tensor).dataSync<'float32'>(), units), [multiHotRows(x), units]),
    gradFunc: (dy: Tensor) => tensor2d(scatterRows(x, dy.dataSync<'float32'>(), units), [width, units]),
  }));
  return product(kernel) as Tensor2D;
}

/** `out[r] = sum of kernel[i] over the ones i of row r`, each sum in ascending order of `i`. */
function sumRows({ indices, offsets }: MultiHot, kernel: Float32Array, units: number): Float32Array {
  const rows = offsets.length - 1;
  const out = new Float32Array(rows * units);
  for (let r = 0; r < rows; r++) {
    const target = r * units;
    for (let k = offsets[r]; k < offsets[r + 1]; k++) {
      const source = indices[k] * units;
      for (let j = 0; j < units; j++) out[target + j] += kernel[source + j];
    }
  }
  return out;
}

/** `out[i] = sum of dy[r] over the rows r that have the one i`, each sum in ascending order of `r`. */
function scatterRows({ indices, offsets, width }: MultiHot, dy: Float32Array, units: number): Float32Array {
  const out = new Float32Array(width * units);
  for (let r = 0; r < offsets.length - 1; r++) {
    const source = r * units;
    for (let k = offsets[r]; k < offsets[r + 1]; k++) {
      const target = indices[k] * units;
      for (let j = 0; j < units; j++) out[target + j] += dy[source + j];
    }
  }
  return out;
}
