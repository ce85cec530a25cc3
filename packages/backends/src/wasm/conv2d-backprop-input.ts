import {
  backend_util,
  Conv2D,
  Conv2DBackpropInput,
  getKernel,
  type Conv2DBackpropInputAttrs,
  type Conv2DBackpropInputInputs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { BackendError } from '../errors.js';
import { allocate, floats, type Heap } from './heap.js';
import { placeImage } from './place-image.js';
import { replaceKernel } from './replace-kernel.js';

/**
 * Makes the gradient of `conv2d` with respect to its input fast on the `wasm` backend, and with it `conv2dTranspose`:
 * the kernel of TensorFlow.js 4.22 takes a scalar path.
 *
 * The gradient is itself a convolution: of the gradient of the output, spread by the stride and padded so that every
 * filter position that saw a pixel is met, by the filter rotated by 180 degrees with its channels exchanged.
 *
 * Needs `@tensorflow/tfjs-backend-wasm` to be loaded; calling it again does nothing.
 */
export function registerConv2DBackpropInput(): void {
  replaceKernel(Conv2DBackpropInput, () => inputGradient(getKernel(Conv2D, 'wasm').kernelFunc));
}

function inputGradient(conv2d: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const { dy, filter } = inputs as Record<keyof Conv2DBackpropInputInputs, TensorInfo>;
    const { strides, pad, dataFormat, dimRoundingMode, inputShape } =
      attrs as unknown as Conv2DBackpropInputAttrs;
    if (dataFormat === 'NCHW') {
      throw new BackendError('unsupported', 'The wasm backend convolves NHWC images only, got NCHW.');
    }
    const heap = backend as Heap;
    const info = backend_util.computeConv2DInfo(
      inputShape,
      filter.shape as [number, number, number, number],
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const { strideHeight, strideWidth, filterHeight, filterWidth, inHeight, inWidth, padInfo } = info;
    const top = filterHeight - 1 - padInfo.top;
    const left = filterWidth - 1 - padInfo.left;
    const bottom = inHeight + padInfo.top - 1 - (info.outHeight - 1) * strideHeight;
    const right = inWidth + padInfo.left - 1 - (info.outWidth - 1) * strideWidth;
    // The convolution itself pads, but neither spreads nor crops.
    const isPlain = strideHeight === 1 && strideWidth === 1 && Math.min(top, left, bottom, right) >= 0;
    const height = inHeight + filterHeight - 1;
    const width = inWidth + filterWidth - 1;
    const images = isPlain
      ? dy
      : placeImage(heap, dy, { height, width, top, left, rowStep: strideHeight, columnStep: strideWidth });
    const turned = turnedFilter(heap, filter);
    const gradient = conv2d({
      inputs: { x: images, filter: turned },
      backend,
      attrs: {
        strides: 1,
        dilations: 1,
        pad: isPlain
          ? [
              [0, 0],
              [top, bottom],
              [left, right],
              [0, 0],
            ]
          : 'valid',
        dataFormat: 'NHWC',
      },
    }) as TensorInfo;
    if (!isPlain) heap.disposeData(images.dataId);
    heap.disposeData(turned.dataId);
    return gradient;
  };
}

/** Rotated by 180 degrees, input and output channels exchanged. */
function turnedFilter(heap: Heap, filter: TensorInfo): TensorInfo {
  const [height, width, channelsIn, channelsOut] = filter.shape;
  const turned = allocate(heap, [height, width, channelsOut, channelsIn]);
  const from = floats(heap, filter);
  const to = floats(heap, turned);
  const size = channelsIn * channelsOut;
  for (let position = 0; position < height * width; position++) {
    const source = (height * width - 1 - position) * size;
    for (let i = 0; i < channelsIn; i++) {
      for (let o = 0; o < channelsOut; o++) {
        to[position * size + o * channelsIn + i] = from[source + i * channelsOut + o];
      }
    }
  }
  return turned;
}
