import {
  backend_util,
  Conv2D,
  Conv2DBackpropFilter,
  getKernel,
  Transpose,
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropFilterInputs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { BackendError } from '../errors.js';
import type { Heap } from './heap.js';
import { placeImage } from './place-image.js';
import { replaceKernel } from './replace-kernel.js';

/**
 * Gives the `wasm` backend the gradient of `conv2d` with respect to its filter, which TensorFlow.js 4.22 lacks there,
 * so that convolutional networks cannot be trained.
 *
 * The gradient is itself a convolution: of the input, with batch and channels exchanged, by the gradient of the output
 * as a (large) filter whose dilation is the stride:
 * dW[i, j, c, k] = sum over n, y, x of x[n, y sh + i - top, x sw + j - left, c] dy[n, y, x, k].
 *
 * Needs `@tensorflow/tfjs-backend-wasm` to be loaded; calling it again does nothing.
 */
export function registerConv2DBackpropFilter(): void {
  replaceKernel(Conv2DBackpropFilter, () => {
    const { kernelFunc: conv2d } = getKernel(Conv2D, 'wasm');
    const { kernelFunc: transpose } = getKernel(Transpose, 'wasm');
    return filterGradient(conv2d, transpose);
  });
}

function filterGradient(conv2d: KernelFunc, transpose: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const { x, dy } = inputs as Record<keyof Conv2DBackpropFilterInputs, TensorInfo>;
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } =
      attrs as unknown as Conv2DBackpropFilterAttrs;
    if (dataFormat === 'NCHW') {
      throw new BackendError('unsupported', 'The wasm backend convolves NHWC images only, got NCHW.');
    }
    const heap = backend as Heap;
    const permuted = (tensor: TensorInfo, perm: number[]): TensorInfo =>
      transpose({ inputs: { x: tensor }, backend, attrs: { perm } }) as TensorInfo;
    const info = backend_util.computeConv2DInfo(
      x.shape as [number, number, number, number],
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const { strideHeight, strideWidth, filterHeight, filterWidth, outHeight, outWidth, padInfo } = info;
    // Rows and columns of the padded input that the forward pass read; with strides it may leave some at the end.
    const usedHeight = filterHeight + (outHeight - 1) * strideHeight - padInfo.top;
    const usedWidth = filterWidth + (outWidth - 1) * strideWidth - padInfo.left;
    const height = Math.min(info.inHeight, usedHeight);
    const width = Math.min(info.inWidth, usedWidth);
    const isCropped = height < info.inHeight || width < info.inWidth;
    const used = isCropped
      ? placeImage(heap, x, { height, width, top: 0, left: 0, rowStep: 1, columnStep: 1 })
      : x;

    const images = permuted(used, [3, 1, 2, 0]);
    if (isCropped) heap.disposeData(used.dataId);
    const filter = permuted(dy, [1, 2, 0, 3]);
    const gradient = conv2d({
      inputs: { x: images, filter },
      backend,
      attrs: {
        strides: 1,
        dilations: [strideHeight, strideWidth],
        pad: [
          [0, 0],
          [padInfo.top, usedHeight - height],
          [padInfo.left, usedWidth - width],
          [0, 0],
        ],
        dataFormat: 'NHWC',
      },
    }) as TensorInfo;
    const result = permuted(gradient, [1, 2, 0, 3]);
    for (const { dataId } of [images, filter, gradient]) heap.disposeData(dataId);
    return result;
  };
}
