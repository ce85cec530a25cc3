import { BatchMatMul, getKernel, unregisterKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import type { ActivationAttrs } from './activation.js';
import { fusedProduct } from './fused-product.js';
import { registerNative, type NativeHost, type OpAttribute } from './native-host.js';

/**
 * `WellfitDense`: `activation(x . kernel + bias)` of `x` `[rows, width]` and `kernel` `[width, units]`.
 *
 * Products of two matrices, which its gradients are, go to the operation that is made for them: the one for batches of
 * matrices, which tfjs-node takes for all, divides among threads by the batch.
 */
export function registerDense(host: NativeHost): void {
  const multiply = fusedProduct(host, 'MatMul', { rank: 2, attributes: [] });
  registerNative<{ x: TensorInfo; kernel: TensorInfo; bias?: TensorInfo }, ActivationAttrs>(
    'WellfitDense',
    ({ x, kernel, bias }, attrs) => multiply({ operands: [x, kernel], attributes: [] }, bias, attrs),
  );

  const { backendName, kernelFunc: ofBatches } = getKernel(BatchMatMul, 'tensorflow');
  unregisterKernel(BatchMatMul, backendName);
  registerNative<MatMulInputs, MatMulAttrs>(BatchMatMul, (inputs, attrs) => {
    const { a, b } = inputs;
    if (a.shape.length !== 2 || b.shape.length !== 2)
      return ofBatches({ inputs: { ...inputs }, attrs: { ...attrs }, backend: host.backend });
    const transposed: OpAttribute[] = [];
    if (attrs.transposeA) transposed.push(host.bool('transpose_a', true));
    if (attrs.transposeB) transposed.push(host.bool('transpose_b', true));
    return host.output(host.one('MatMul', [a, b], transposed));
  });
}

interface MatMulInputs {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

interface MatMulAttrs {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}
