import { Elu, getKernel, LeakyRelu, Prelu, Relu6, Sigmoid, type TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from './host/kernel-host.js';

/** Activations of TensorFlow.js' fused operations that are kernels of their own here; linear and relu are fused. */
const kernels: Readonly<Record<string, string | undefined>> = {
  elu: Elu,
  leakyrelu: LeakyRelu,
  prelu: Prelu,
  relu6: Relu6,
  sigmoid: Sigmoid,
};

/**
 * Applies what is left to do of an activation to the result of a fused operation.
 *
 * @param result Its memory is given back where another takes its place.
 * @param weights Those of prelu.
 * @param leak The slope of leakyrelu below 0.
 */
export function followWith(
  host: KernelHost,
  activation: string,
  result: TensorInfo,
  weights: TensorInfo | undefined,
  leak: number | undefined,
): TensorInfo {
  const kernel = kernels[activation];
  if (kernel === undefined) return result;
  const active = getKernel(kernel, 'wasm').kernelFunc({
    inputs: { x: result, ...(weights && { alpha: weights }) },
    backend: host.backend,
    attrs: { alpha: leak ?? 0 },
  }) as TensorInfo;
  host.backend.disposeData(result.dataId);
  return active;
}
