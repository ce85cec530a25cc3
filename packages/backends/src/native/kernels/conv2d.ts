import type { TensorInfo } from '@tensorflow/tfjs-core';
import { activated, type ActivationAttrs } from './activation.js';
import { registerNative, type NativeHost } from './native-host.js';

/**
 * `WellfitConv2D`: `activation(conv(x, filter) + bias)` of images `[n, height, width, channels]`. Its gradients are kernels
 * of tfjs-node.
 */
export function registerConv2d(host: NativeHost): void {
  registerNative<ConvInputs, ConvAttrs>(
    'WellfitConv2D',
    ({ x, filter, bias }, { strides, pad, activation }) => {
      const attributes = [
        host.ints('strides', [1, ...strides, 1]),
        host.string('padding', pad.toUpperCase()),
      ];
      return activated(host, host.one('Conv2D', [x, filter], attributes), bias, { activation });
    },
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
