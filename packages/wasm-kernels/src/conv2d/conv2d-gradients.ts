import {
  backend_util,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropInputAttrs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { KernelError } from '../errors.js';
import { hostOf } from '../hosts.js';
import { replaceKernel } from '../replace-kernel.js';
import { convolutionFilterGradient, convolveBack, isSupported } from './convolution.js';

type Shape4 = [number, number, number, number];

/**
 * The gradients of `conv2d`: by the filter, which TensorFlow.js 4.22 lacks on this backend, and by the input, which it
 * computes 13 times too slowly; what is not supported here stays with it.
 */
export function registerConv2dGradients(): void {
  replaceKernel(Conv2DBackpropFilter, () => filterGradient);
  replaceKernel(Conv2DBackpropInput, (stock) => inputGradient(stock!));
}

const filterGradient: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x, dy } = inputs as Record<'x' | 'dy', TensorInfo>;
  const { strides, pad, dimRoundingMode, dataFormat, filterShape } =
    attrs as unknown as Conv2DBackpropFilterAttrs;
  const info = backend_util.computeConv2DInfo(
    x.shape as Shape4,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat),
  );
  if (!isSupported(x, { shape: filterShape }, info)) throw unsupported(dataFormat);
  const host = hostOf(backend);
  const dw = host.output(filterShape);
  convolutionFilterGradient(host, info, { x: host.address(x), dy: host.address(dy), dw: host.address(dw) });
  return dw;
};

function inputGradient(stock: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const { dy, filter } = inputs as Record<'dy' | 'filter', TensorInfo>;
    const { strides, pad, dimRoundingMode, dataFormat, inputShape } =
      attrs as unknown as Conv2DBackpropInputAttrs;
    const info = backend_util.computeConv2DInfo(
      inputShape,
      filter.shape as Shape4,
      strides,
      1,
      pad,
      dimRoundingMode,
      false,
      backend_util.convertConv2DDataFormat(dataFormat),
    );
    if (!isSupported(dy, filter, info)) return stock({ inputs, backend, attrs });
    const host = hostOf(backend);
    const dx = host.output(info.inShape);
    convolveBack(host, info, { dy: host.address(dy), filter: host.address(filter), dx: host.address(dx) });
    return dx;
  };
}

function unsupported(dataFormat: string): KernelError {
  return new KernelError(
    'unsupported',
    `The wasm backend convolves float32 NHWC images only, got ${dataFormat}; grouped channels have no gradient here.`,
  );
}
