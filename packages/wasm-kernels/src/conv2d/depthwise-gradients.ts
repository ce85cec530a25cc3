import {
  backend_util,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  type DepthwiseConv2dNativeBackpropInputAttrs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { hostOf } from '../hosts.js';
import { replaceKernel } from '../replace-kernel.js';
import { forwardConvolution, writeConvolution, type ConvInfo } from './convolution-shape.js';

type Shape4 = [number, number, number, number];

/** The gradients of `depthwiseConv2d`, by the filter and by the input, which TensorFlow.js 4.22 lacks on this backend. */
export function registerDepthwiseGradients(): void {
  replaceKernel(DepthwiseConv2dNativeBackpropFilter, () => filterGradient);
  replaceKernel(DepthwiseConv2dNativeBackpropInput, () => inputGradient);
}

const filterGradient: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x, dy } = inputs as Record<'x' | 'dy', TensorInfo>;
  const { filterShape, ...given } = attrs as unknown as DepthwiseConv2dNativeBackpropFilterAttrs;
  const info = depthwiseInfo(x.shape, filterShape, given);
  const host = hostOf(backend);
  const dw = host.output(filterShape);
  const shape = writeConvolution(host, forwardConvolution(info));
  const addresses = [x, dy, dw].map((tensor) => host.address(tensor));
  const taps = info.filterHeight * info.filterWidth;
  host.run('depthwiseFilterGradient', [shape, ...addresses], taps, work(info));
  return dw;
};

const inputGradient: KernelFunc = ({ inputs, backend, attrs }) => {
  const { dy, filter } = inputs as Record<'dy' | 'filter', TensorInfo>;
  const { inputShape, ...given } = attrs as unknown as DepthwiseConv2dNativeBackpropInputAttrs;
  const info = depthwiseInfo(inputShape, filter.shape, given);
  const host = hostOf(backend);
  const dx = host.output(inputShape);
  const shape = writeConvolution(host, forwardConvolution(info));
  const addresses = [dy, filter, dx].map((tensor) => host.address(tensor));
  host.run('depthwiseInputGradient', [shape, ...addresses], info.batchSize * info.inHeight, work(info));
  return dx;
};

function depthwiseInfo(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: Omit<DepthwiseConv2dNativeBackpropFilterAttrs, 'filterShape'>,
): ConvInfo {
  const { strides, dilations, pad, dimRoundingMode } = attrs;
  const [input, filter] = [inputShape, filterShape] as [Shape4, Shape4];
  return backend_util.computeConv2DInfo(input, filter, strides, dilations, pad, dimRoundingMode, true);
}

/** Multiplications. */
function work({ outShape, filterHeight, filterWidth }: ConvInfo): number {
  return outShape.reduce((product, length) => product * length, filterHeight * filterWidth);
}
