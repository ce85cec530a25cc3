import { tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { multiHotRows, type MultiHot } from '@wellfit/core';

/** A multi-hot matrix as a tensor of zeros and ones, for layers that know no other; the caller disposes it. */
export function denseRows(matrix: MultiHot): Tensor2D {
  const { indices, offsets, width } = matrix;
  const rows = multiHotRows(matrix);
  const values = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let k = offsets[row]; k < offsets[row + 1]; k++) values[row * width + indices[k]] = 1;
  }
  return tensor2d(values, [rows, width]);
}
