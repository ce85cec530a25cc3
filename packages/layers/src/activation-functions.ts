import { elu, relu, selu, sigmoid, softplus, tanh, type Tensor } from '@tensorflow/tfjs-core';

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
