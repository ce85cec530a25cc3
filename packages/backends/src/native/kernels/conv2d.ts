import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ActivationAttrs } from './activation.js';
import { fusedProduct } from './fused-product.js';
import { registerNative, type NativeHost, type OpAttribute } from './native-host.js';

/**
 * `WellfitConv2D`: `activation(conv(x, filter) + bias)` of images `[n, height, width, channels]`. Its gradients are kernels
 * of tfjs-node.
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
}

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
