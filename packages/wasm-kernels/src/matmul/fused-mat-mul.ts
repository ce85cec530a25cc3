import {
  _FusedMatMul,
  type _FusedMatMulAttrs,
  type _FusedMatMulInputs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { hostOf } from '../hosts.js';
import { replaceKernel } from '../replace-kernel.js';
import { multiplyBatches } from './batch-mat-mul.js';
import { sides } from './matrix-product.js';

/**
 * `fused.matMul`, of which dense layers of TensorFlow.js consist outside of training, with a bias of one axis and no
 * activation or relu; all else is left to TensorFlow.js.
 */
export function registerFusedMatMul(): void {
  replaceKernel(_FusedMatMul, (stock) => fusedMatMul(stock!));
}

function fusedMatMul(stock: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const { a, b, bias } = inputs as Partial<_FusedMatMulInputs> & Record<'a' | 'b', TensorInfo>;
    const { transposeA, transposeB, activation } = attrs as unknown as _FusedMatMulAttrs;
    const [, columns] = sides(b, transposeB);
    const fits = !bias || (bias.shape.length === 1 && bias.shape[0] === columns);
    const known = activation === 'linear' || activation === 'relu';
    if (a.dtype !== 'float32' || b.dtype !== 'float32' || !fits || !known) {
      return stock({ inputs, backend, attrs });
    }
    const host = hostOf(backend);
    const fused = { bias: host.addressOf(bias), relu: activation === 'relu' };
    return multiplyBatches(host, a, b, transposeA, transposeB, fused);
  };
}
