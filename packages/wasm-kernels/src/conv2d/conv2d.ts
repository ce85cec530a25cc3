import {
  backend_util,
  Conv2D,
  FusedConv2D,
  type Conv2DAttrs,
  type FusedConv2DAttrs,
  type FusedConv2DInputs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { followWith } from '../following-activation.js';
import { hostOf } from '../hosts.js';
import { replaceKernel } from '../replace-kernel.js';
import { convolve, isSupported } from './convolution.js';

type Shape4 = [number, number, number, number];

/**
 * `conv2d`, alone and fused with bias and activation, without packing the image into columns. Also right where a stride is
 * larger than the filter, with the padding `same`: TensorFlow.js 4.22 refuses some of those sizes, of which nobody is
 * told, and returns whatever was in the memory.
 *
 * A bias that is not one value a channel is left to TensorFlow.js, as is any type but float32: it refuses them.
 */
export function registerConv2d(): void {
  for (const kernelName of [Conv2D, FusedConv2D]) replaceKernel(kernelName, (stock) => conv2d(stock!));
}

function conv2d(stock: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const { x, filter, bias, preluActivationWeights } = inputs as Partial<FusedConv2DInputs> &
      Record<'x' | 'filter', TensorInfo>;
    const { strides, pad, dilations, dimRoundingMode, dataFormat } = attrs as unknown as Conv2DAttrs;
    const { activation = 'linear', leakyreluAlpha } = attrs as unknown as Partial<FusedConv2DAttrs>;
    const info = backend_util.computeConv2DInfo(
      x.shape as Shape4,
      filter.shape as Shape4,
      strides,
      dilations,
      pad,
      dimRoundingMode,
      false,
      backend_util.convertConv2DDataFormat(dataFormat),
    );
    const fits = !bias || (bias.shape.length === 1 && bias.shape[0] === info.outChannels);
    if (!isSupported(x, filter, info) || !fits) return stock({ inputs, backend, attrs });
    const host = hostOf(backend);
    const out = host.output(info.outShape);
    convolve(host, info, {
      x: host.address(x),
      filter: host.address(filter),
      bias: host.addressOf(bias),
      out: host.address(out),
      relu: activation === 'relu',
    });
    return followWith(host, activation, out, preluActivationWeights, leakyreluAlpha);
  };
}
