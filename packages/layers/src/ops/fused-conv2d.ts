import { add, conv2d, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { fusedOp, runKernel } from '@wellfit/core';
import type { Padding } from '../image-window.js';
import { activationFunctions } from '../activation-functions.js';
import { activationGradient, type FusedActivation } from './activation-gradient.js';

/** Options of the kernel `WellfitConv2D`. */
interface Conv2dAttrs {
  /** Rows and columns. */
  readonly strides: [number, number];
  readonly pad: Padding;
  readonly activation: FusedActivation;
}

/**
 * `activation(conv(x, filter) + bias)`: `x` `[n, height, width, channels]`, `filter` `[height, width, channels, filters]`,
 * `bias` `[filters]`.
 *
 * The gradient by `x` is not computed where nothing asks for it, as for the first layer of a network.
 */
export const fusedConv2d = fusedOp<'x' | 'filter' | 'bias', Conv2dAttrs>({
  kernel: 'WellfitConv2D',
  inputsToSave: ['x', 'filter'],
  outputsToSave: [true],
  gradient([dy], [x, filter, y], { activation, ...window }) {
    const { dz, db } = activationGradient(dy, y, activation);
    const run = (kernel: string, inputs: Record<string, Tensor>, attrs: object): Tensor =>
      runKernel(kernel, inputs, { ...window, dataFormat: 'NHWC', ...attrs })[0];
    return {
      x: () => run('Conv2DBackpropInput', { dy: dz, filter }, { inputShape: x.shape }),
      filter: () => run('Conv2DBackpropFilter', { x, dy: dz }, { filterShape: filter.shape }),
      bias: db,
    };
  },
  composed({ x, filter, bias }, { strides, pad, activation }) {
    // Not the fused operation of TensorFlow.js: its backends have no gradient for all activations.
    const product = conv2d(x as Tensor4D, filter as Tensor4D, strides, pad);
    const sum = bias ? add(product, bias) : product;
    return [activationFunctions[activation](sum)];
  },
});
