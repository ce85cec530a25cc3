import {
  backend_util,
  Conv2D,
  FusedConv2D,
  type Conv2DAttrs,
  type Conv2DInputs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { replaceKernel } from './replace-kernel.js';

/**
 * Makes `conv2d` with the padding `same` right on the `wasm` backend where a stride is larger than the filter: with
 * TensorFlow.js 4.22 the library below it refuses some of those sizes (a filter of 2 x 2 with stride 3 on 9 x 9, for
 * instance), which nobody is told, and the output is whatever was in the memory.
 *
 * Needs `@tensorflow/tfjs-backend-wasm` to be loaded; calling it again does nothing.
 */
export function registerSamePadding(): void {
  for (const kernelName of [Conv2D, FusedConv2D]) replaceKernel(kernelName, (stock) => padded(stock!));
}

function padded(conv2d: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const { x, filter } = inputs as Record<keyof Conv2DInputs, TensorInfo>;
    const { strides, pad, dilations, dimRoundingMode, dataFormat } = attrs as unknown as Conv2DAttrs;
    if (pad !== 'same' || dataFormat === 'NCHW') return conv2d({ inputs, backend, attrs });
    const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = backend_util.computeConv2DInfo(
      x.shape as [number, number, number, number],
      filter.shape as [number, number, number, number],
      strides,
      dilations,
      pad,
      dimRoundingMode,
    );
    if (strideHeight <= filterHeight && strideWidth <= filterWidth) return conv2d({ inputs, backend, attrs });
    // Written out, the same padding is one that the library takes.
    const { top, bottom, left, right } = padInfo;
    const explicit = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ];
    return conv2d({ inputs, backend, attrs: { ...attrs, pad: explicit } });
  };
}
