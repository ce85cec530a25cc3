import type { Tensor } from '@tensorflow/tfjs-core';
import { runKernel } from '@wellfit/core';

/** Kernels of the gradients by product and bias, from the output. */
const gradientKernels = {
  relu: 'WellfitReluGradient',
  sigmoid: 'WellfitSigmoidGradient',
  tanh: 'WellfitTanhGradient',
} as const;

/** Whether layers with a kernel compute an activation in the same pass. */
export function isFused(activation: string): activation is FusedActivation {
  return activation === 'linear' || activation in gradientKernels;
}

/** Activations that layers with a kernel compute in the same pass; the others follow as operations of their own. */
export type FusedActivation = 'linear' | keyof typeof gradientKernels;

/** Gradients behind `activation(product + bias)`. */
export interface ActivationGradient {
  /** By the product. */
  readonly dz: Tensor;
  /** By the bias, where it came with the other one. */
  readonly db?: Tensor;
}

/**
 * The gradients by product and bias of `y = activation(product + bias)`.
 *
 * For the gradients of fused operations: it uses kernels that come with theirs.
 */
export function activationGradient(dy: Tensor, y: Tensor, activation: FusedActivation): ActivationGradient {
  if (activation === 'linear') return { dz: dy };
  const [dz, db] = runKernel(gradientKernels[activation], { dy, y });
  return { dz, db };
}

/** The gradient by the bias. */
export function biasGradient({ dz, db }: ActivationGradient): Tensor {
  return db ?? runKernel('WellfitBiasGradient', { dy: dz })[0];
}
