import type { TensorInfo } from '@tensorflow/tfjs-core';
import { multiplyMatrices } from '../matmul/matrix-product.js';
import { activate, type ActivationAttrs } from './activate.js';
import { registerFused } from './register-fused.js';

/** `WellfitDense`: `activation(x . kernel + bias)` of `x` `[rows, width]` in one pass. */
export function registerDense(): void {
  registerFused<DenseInputs, ActivationAttrs>('WellfitDense', (host, { x, kernel, bias }, attrs) => {
    const [m, k] = x.shape;
    const [, n] = kernel.shape;
    const out = host.output([m, n]);
    multiplyMatrices(host, {
      a: host.address(x),
      b: host.address(kernel),
      c: host.address(out),
      bias: host.addressOf(bias),
      relu: attrs.activation === 'relu',
      m,
      n,
      k,
      transposeA: false,
      transposeB: false,
    });
    activate(host, out, attrs);
    return out;
  });
}

interface DenseInputs {
  readonly x: TensorInfo;
  readonly kernel: TensorInfo;
  readonly bias?: TensorInfo;
}
