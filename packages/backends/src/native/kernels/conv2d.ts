import {
  backend_util,
  Conv2DBackpropFilter,
  getKernel,
  unregisterKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { ActivationAttrs } from './activation.js';
import { fusedProduct } from './fused-product.js';
import { registerNative, type NativeHost, type OpAttribute } from './native-host.js';

/**
 * `WellfitConv2D`: `activation(conv(x, filter) + bias)` of images `[n, height, width, channels]`. Its gradient by `x` is a
 * kernel of tfjs-node; that by the filter, `Conv2DBackpropFilter`, runs while others do: nothing needs it before the optimizer.
 */
export function registerConv2d(host: NativeHost): void {
  const attributesOf = (strides: readonly number[], pad: string): OpAttribute[] => [
    host.ints('strides', [1, ...strides, 1]),
    host.string('padding', pad.toUpperCase()),
  ];
  const convolve = fusedProduct(host, 'Conv2D', { rank: 4, attributes: attributesOf([1, 1], 'same') });
  registerNative<ConvInputs, ConvAttrs>(
    'WellfitConv2D',
    ({ x, filter, bias }, { strides, pad, activation }) =>
      convolve({ operands: [x, filter], attributes: attributesOf(strides, pad) }, bias, { activation }),
  );

  const { kernelFunc: ofTfjs } = getKernel(Conv2DBackpropFilter, 'tensorflow');
  unregisterKernel(Conv2DBackpropFilter, 'tensorflow');
  registerNative<FilterGradientInputs, FilterGradientAttrs>(Conv2DBackpropFilter, (inputs, attrs) => {
    if (!isPlain(inputs, attrs))
      return ofTfjs({ inputs: { ...inputs }, attrs: { ...attrs }, backend: host.backend });
    const { x, dy } = inputs;
    const { strides, pad, filterShape } = attrs;
    const sizes = host.handle(Int32Array.from(filterShape));
    const attributes = [...attributesOf(pairOf(strides), pad), host.inBackground(filterShape)];
    return host.output(host.one(Conv2DBackpropFilter, [x, sizes, dy], attributes, [sizes]));
  });
}

/**
 * Whether the operands are such as layers have, and fit each other. What is not is left to tfjs-node, which also says what
 * is wrong: what is found only in the background, is said where nobody knows whose it is.
 */
function isPlain({ x, dy }: FilterGradientInputs, attrs: FilterGradientAttrs): attrs is PlainAttrs {
  const { strides, pad, dataFormat, filterShape } = attrs;
  if (dataFormat !== 'NHWC' || (pad !== 'same' && pad !== 'valid')) return false;
  if (x.dtype !== 'float32' || dy.dtype !== 'float32' || x.shape.length !== 4 || filterShape.length !== 4)
    return false;
  const [images, filter] = [x.shape, filterShape] as [Shape4D, Shape4D];
  if (images[3] !== filter[2]) return false;
  const { outShape } = backend_util.computeConv2DInfo(images, filter, strides, 1, pad);
  return dy.shape.join() === outShape.join();
}

function pairOf(strides: number | [number, number]): [number, number] {
  return typeof strides === 'number' ? [strides, strides] : strides;
}

type Shape4D = [number, number, number, number];

interface ConvInputs {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
  readonly bias?: TensorInfo;
}

interface ConvAttrs extends ActivationAttrs {
  /** Rows and columns. */
  readonly strides: [number, number];
  readonly pad: 'same' | 'valid';
}

interface FilterGradientInputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
}

/** As TensorFlow.js has them. */
interface FilterGradientAttrs {
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number;
  readonly dataFormat: string;
  readonly filterShape: number[];
}

interface PlainAttrs extends FilterGradientAttrs {
  readonly pad: 'same' | 'valid';
}
