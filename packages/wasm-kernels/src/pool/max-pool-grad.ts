import {
  backend_util,
  MaxPoolGrad,
  type KernelFunc,
  type MaxPoolGradAttrs,
  type MaxPoolGradInputs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { allocate, floats, type Heap } from '../heap.js';
import { replaceKernel } from '../replace-kernel.js';

/**
 * Makes the gradient of `maxPool` right on the `wasm` backend: that of TensorFlow.js 4.22 drops the gradient of every
 * window whose maximum is not positive.
 *
 * The gradient of a window goes to its maximum, the first in reading order where there are several, as on the `cpu`
 * backend; a window without a number above minus infinity passes none.
 *
 * Needs `@tensorflow/tfjs-backend-wasm` to be loaded; calling it again does nothing.
 */
export function registerMaxPoolGrad(): void {
  replaceKernel(MaxPoolGrad, () => maxPoolGrad);
}

const maxPoolGrad: KernelFunc = ({ inputs, backend, attrs }) => {
  const { dy, input } = inputs as Record<keyof MaxPoolGradInputs, TensorInfo>;
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as MaxPoolGradAttrs;
  const heap = backend as Heap;
  const shape = input.shape as [number, number, number, number];
  const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const result = allocate(heap, shape);
  const x = floats(heap, input);
  const gradient = floats(heap, dy);
  const dx = floats(heap, result).fill(0);

  const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth } = info;
  let at = 0;
  for (let n = 0; n < batchSize; n++) {
    for (let r = 0; r < outHeight; r++) {
      const top = r * info.strideHeight - info.padInfo.top;
      const lastRow = Math.min(inHeight, top + info.filterHeight);
      for (let c = 0; c < outWidth; c++) {
        const left = c * info.strideWidth - info.padInfo.left;
        const lastColumn = Math.min(inWidth, left + info.filterWidth);
        for (let k = 0; k < channels; k++) {
          let best = -Infinity;
          let bestAt = -1;
          for (let row = Math.max(0, top); row < lastRow; row++) {
            for (let column = Math.max(0, left); column < lastColumn; column++) {
              const i = ((n * inHeight + row) * inWidth + column) * channels + k;
              if (x[i] > best) {
                best = x[i];
                bestAt = i;
              }
            }
          }
          if (bestAt >= 0) dx[bestAt] += gradient[at];
          at += 1;
        }
      }
    }
  }
  return result;
};
