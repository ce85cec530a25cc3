import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { convolve, isSupported } from '../conv2d/convolution.js';
import { KernelError } from '../errors.js';
import { activate, type ActivationAttrs } from './activate.js';
import { registerFused } from './register-fused.js';

type Shape4 = [number, number, number, number];

/**
 * `WellfitConv2D`: `activation(conv(x, filter) + bias)` of images `x` `[n, height, width, channels]` in one pass;
 * `filter` `[height, width, channels, filters]`, `bias` `[filters]` or absent.
 */
export function registerFusedConv2d(): void {
  registerFused<ConvInputs, ConvAttrs>(
    'WellfitConv2D',
    (host, { x, filter, bias }, { strides, pad, activation }) => {
      const [images, window] = [x.shape, filter.shape] as [Shape4, Shape4];
      const info = backend_util.computeConv2DInfo(images, window, strides, 1, pad);
      if (!isSupported(x, filter, info)) {
        throw new KernelError(
          'unsupported',
          `The kernel convolves float32 images with filters of as many channels, got ${x.dtype} images ` +
            `[${images.join(', ')}] and filters [${window.join(', ')}].`,
        );
      }
      const out = host.output(info.outShape);
      convolve(host, info, {
        x: host.address(x),
        filter: host.address(filter),
        bias: host.addressOf(bias),
        out: host.address(out),
        relu: activation === 'relu',
      });
      activate(host, out, { activation });
      return out;
    },
  );
}

interface ConvInputs {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
  readonly bias?: TensorInfo;
}

interface ConvAttrs extends ActivationAttrs {
  readonly strides: [number, number];
  readonly pad: 'same' | 'valid';
}
