import { elu, relu, selu, sigmoid, softplus, tanh, type Tensor } from '@tensorflow/tfjs-core';
import { isFused, type FusedActivation } from './ops/activation-gradient.js';

/** Activation functions by the names that Keras gives them. Each keeps the shape. */
export const activationFunctions = {
  linear: (x: Tensor): Tensor => x,
  relu: (x: Tensor): Tensor => relu(x),
  sigmoid: (x: Tensor): Tensor => sigmoid(x),
  tanh: (x: Tensor): Tensor => tanh(x),
  elu: (x: Tensor): Tensor => elu(x),
  selu: (x: Tensor): Tensor => selu(x),
  softplus: (x: Tensor): Tensor => softplus(x),
} as const;

/** Name of an activation function. */
export type ActivationName = keyof typeof activationFunctions;

/**
 * Applies an activation to what `compute` gives, within its own pass where it can.
 *
 * @param compute Is told which activation to fuse.
 */
export function activated(name: ActivationName, compute: (fused: FusedActivation) => Tensor): Tensor {
  return isFused(name) ? compute(name) : activationFunctions[name](compute('linear'));
}
