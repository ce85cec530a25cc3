import { add, matMul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { fusedOp, runKernel } from '@wellfit/core';
import { activationFunctions } from '../activation-functions.js';
import {
  activationGradient,
  biasGradient,
  type ActivationGradient,
  type FusedActivation,
} from './activation-gradient.js';

/** Options of the kernel `WellfitDense`. */
interface DenseAttrs {
  readonly activation: FusedActivation;
}

interface DenseGradient extends ActivationGradient {
  readonly x: Tensor;
  readonly kernel: Tensor;
}

/**
 * `activation(x . kernel + bias)`: `x` `[rows, width]`, `kernel` `[width, units]`, `bias` `[units]`.
 *
 * The gradient by `x` is not computed where nothing asks for it, as for the first layer of a network.
 */
export const fusedDense = fusedOp<'x' | 'kernel' | 'bias', DenseAttrs, DenseGradient>({
  kernel: 'WellfitDense',
  inputsToSave: ['x', 'kernel'],
  outputsToSave: [true],
  backward: (dy, [x, kernel, y], { activation }) => ({
    ...activationGradient(dy, y, activation),
    x,
    kernel,
  }),
  gradients: {
    x: ({ dz, kernel }) => product(dz, kernel, false, true),
    kernel: ({ x, dz }) => product(x, dz, true, false),
    bias: biasGradient,
  },
  composed({ x, kernel, bias }, { activation }) {
    const product = matMul(x as Tensor2D, kernel as Tensor2D);
    const sum = bias ? add(product, bias) : product;
    return [activationFunctions[activation](sum)];
  },
});

function product(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  return runKernel('BatchMatMul', { a, b }, { transposeA, transposeB })[0];
}
