import {
  _FusedMatMul,
  Elu,
  getKernel,
  LeakyRelu,
  Prelu,
  Relu6,
  Sigmoid,
  type _FusedMatMulAttrs,
  type _FusedMatMulInputs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { hostOf } from '../hosts.js';
import { replaceKernel } from '../replace-kernel.js';
import { multiplyBatches } from './batch-mat-mul.js';
import { sides } from './matrix-product.js';

/** Kernels of the activations that follow the product; linear and relu are part of it. */
const following: Readonly<Record<string, string | undefined>> = {
  elu: Elu,
  leakyrelu: LeakyRelu,
  prelu: Prelu,
  relu6: Relu6,
  sigmoid: Sigmoid,
};

/**
 * `fused.matMul`, of which dense layers of TensorFlow.js consist outside of training. That of TensorFlow.js 4.22 forgets
 * the activation where a factor is transposed.
 *
 * A bias that is not one value a column is left to TensorFlow.js, as is any type but float32: it refuses them.
 */
export function registerFusedMatMul(): void {
  replaceKernel(_FusedMatMul, (stock) => fusedMatMul(stock!));
}

function fusedMatMul(stock: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const { a, b, bias, preluActivationWeights } = inputs as Partial<_FusedMatMulInputs> &
      Record<'a' | 'b', TensorInfo>;
    const { transposeA, transposeB, activation, leakyreluAlpha } = attrs as unknown as _FusedMatMulAttrs;
    const [, columns] = sides(b, transposeB);
    const fits = !bias || (bias.shape.length === 1 && bias.shape[0] === columns);
    if (a.dtype !== 'float32' || b.dtype !== 'float32' || !fits) return stock({ inputs, backend, attrs });
    const host = hostOf(backend);
    const fused = { bias: host.addressOf(bias), relu: activation === 'relu' };
    const product = multiplyBatches(host, a, b, transposeA, transposeB, fused);
    const kernel = following[activation];
    if (kernel === undefined) return product;
    const active = getKernel(kernel, 'wasm').kernelFunc({
      inputs: { x: product, ...(preluActivationWeights && { alpha: preluActivationWeights }) },
      backend,
      attrs: { alpha: leakyreluAlpha ?? 0 },
    });
    host.backend.disposeData(product.dataId);
    return active;
  };
}
