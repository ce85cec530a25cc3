import {
  _FusedMatMul,
  type _FusedMatMulAttrs,
  type _FusedMatMulInputs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { followWith } from '../following-activation.js';
import { hostOf } from '../hosts.js';
import { replaceKernel } from '../replace-kernel.js';
import { multiplyBatches } from './batch-mat-mul.js';
import { sides } from './matrix-product.js';

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
    return followWith(host, activation, product, preluActivationWeights, leakyreluAlpha);
  };
}
