import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';
import { hostOf } from '../hosts.js';
import { replaceKernel } from '../replace-kernel.js';

/** What computes a kernel of wellfit's own, given the module on the heap of the backend. */
export type FusedKernel<Inputs, Attrs> = (
  host: KernelHost,
  inputs: Inputs,
  attrs: Attrs,
) => TensorInfo | TensorInfo[];

/**
 * Registers a kernel of wellfit's own on the `wasm` backend; again does nothing.
 *
 * @param kernelName Begins with `Wellfit`, so that it can never be one of TensorFlow.js.
 */
export function registerFused<Inputs, Attrs>(kernelName: string, compute: FusedKernel<Inputs, Attrs>): void {
  const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) =>
    compute(hostOf(backend), inputs as Inputs, attrs as Attrs);
  replaceKernel(kernelName, () => kernelFunc);
}
