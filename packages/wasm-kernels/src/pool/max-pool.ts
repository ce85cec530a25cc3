import {
  backend_util,
  MaxPool,
  util,
  type KernelFunc,
  type MaxPoolAttrs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { forwardConvolution, writeConvolution, type ConvInfo } from '../conv2d/convolution-shape.js';
import { hostOf } from '../hosts.js';
import { share } from '../identity.js';
import { replaceKernel } from '../replace-kernel.js';

/** `maxPool` over float32 images; any other type is left to TensorFlow.js, which refuses it. */
export function registerMaxPool(): void {
  replaceKernel(MaxPool, (stock) => maxPool(stock!));
}

/** What TensorFlow.js works out about a pool over `[n, height, width, channels]`. */
export function poolInfo(shape: readonly number[], attrs: MaxPoolAttrs): ConvInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const images = shape as [number, number, number, number];
  return backend_util.computePool2DInfo(images, filterSize, strides, 1, pad, dimRoundingMode);
}

function maxPool(stock: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const { x } = inputs as Record<'x', TensorInfo>;
    if (x.dtype !== 'float32') return stock({ inputs, backend, attrs });
    const info = poolInfo(x.shape, attrs as unknown as MaxPoolAttrs);
    const host = hostOf(backend);
    // As on the cpu backend, where NaN survives in this case alone.
    const single = info.filterHeight === 1 && info.filterWidth === 1;
    if (single && util.arraysEqual(info.inShape, info.outShape)) return share(host.backend, x);
    const out = host.output(info.outShape);
    host.run(
      'maxPool',
      [writeConvolution(host, forwardConvolution(info)), host.address(x), host.address(out)],
      info.batchSize * info.outHeight,
      util.sizeFromShape(x.shape),
    );
    return out;
  };
}
