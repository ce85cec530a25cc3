import { add, matMul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { fusedOp, runKernel } from '@wellfit/core';
import { activationFunctions } from '../activation-functions.js';
import { activationGradient, type FusedActivation } from './activation-gradient.js';

/** Options of the kernel `WellfitDense`. */
interface DenseAttrs {
  readonly activation: FusedActivation;
}

/**
 * `activation(x . kernel + bias)`: `x` `[rows, width]`, `kernel` `[width, units]`, `bias` `[units]`.
 *
 * The gradient by `x` is not computed where nothing asks for it, as for the first layer of a network.
 */
export const fusedDense = fusedOp<'x' | 'kernel' | 'bias', DenseAttrs>({
  kernel: 'WellfitDense',
  inputsToSave: ['x', 'kernel'],
  outputsToSave: [true],
  gradient([dy], [x, kernel, y], { activation }) {
    const { dz, db } = activationGradient(dy, y, activation);
    const product = (a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor =>
      runKernel('BatchMatMul', { a, b }, { transposeA, transposeB })[0];
    return {
      x: () => product(dz, kernel, false, true),
      kernel: () => product(x, dz, true, false),
      bias: db,
    };
  },
  composed({ x, kernel, bias }, { activation }) {
    const product = matMul(x as Tensor2D, kernel as Tensor2D);
    const sum = bias ? add(product, bias) : product;
    return [activationFunctions[activation](sum)];
  },
});
