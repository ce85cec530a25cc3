import { add, conv2d, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { fusedOp, runKernel } from '@wellfit/core';
import type { Padding } from '../image-window.js';
import { activationFunctions } from '../activation-functions.js';
import {
  activationGradient,
  biasGradient,
  type ActivationGradient,
  type FusedActivation,
} from './activation-gradient.js';

/** Options of the kernel `WellfitConv2D`. */
interface Conv2dAttrs {
  /** Rows and columns. */
  readonly strides: [number, number];
  readonly pad: Padding;
  readonly activation: FusedActivation;
}

interface Conv2dGradient extends ActivationGradient {
  readonly x: Tensor;
  readonly filter: Tensor;
}

/**
 * `activation(conv(x, filter) + bias)`: `x` `[n, height, width, channels]`, `filter` `[height, width, channels, filters]`,
 * `bias` `[filters]`.
 *
 * The gradient by `x` is not computed where nothing asks for it, as for the first layer of a network.
 */
export const fusedConv2d = fusedOp<'x' | 'filter' | 'bias', Conv2dAttrs, Conv2dGradient>({
  kernel: 'WellfitConv2D',
  inputsToSave: ['x', 'filter'],
  outputsToSave: [true],
  backward: (dy, [x, filter, y], { activation }) => ({
    ...activationGradient(dy, y, activation),
    x,
    filter,
  }),
  gradients: {
    x: ({ dz, x, filter }, { strides, pad }) => {
      const attrs = { strides, pad, dataFormat: 'NHWC', inputShape: x.shape };
      return runKernel('Conv2DBackpropInput', { dy: dz, filter }, attrs)[0];
    },
    filter: ({ dz, x, filter }, { strides, pad }) => {
      const attrs = { strides, pad, dataFormat: 'NHWC', filterShape: filter.shape };
      return runKernel('Conv2DBackpropFilter', { x, dy: dz }, attrs)[0];
    },
    bias: biasGradient,
  },
  composed({ x, filter, bias }, { strides, pad, activation }) {
    // Not the fused operation of TensorFlow.js: its backends have no gradient for all activations.
    const product = conv2d(x as Tensor4D, filter as Tensor4D, strides, pad);
    const sum = bias ? add(product, bias) : product;
    return [activationFunctions[activation](sum)];
  },
});
