import {
  getKernel,
  registerKernel,
  unregisterKernel,
  type KernelConfig,
  type KernelFunc,
} from '@tensorflow/tfjs-core';

const ours = new Map<string, KernelConfig>();

/**
 * Registers a kernel on the `wasm` backend, in place of the stock one where there is one; again does nothing.
 *
 * @param make Is given the stock kernel to build on; undefined where TensorFlow.js has none.
 */
export function replaceKernel(kernelName: string, make: (stock: KernelFunc | undefined) => KernelFunc): void {
  // Typed as always there, but it is not.
  const current = getKernel(kernelName, 'wasm') as KernelConfig | undefined;
  if (current !== undefined && current === ours.get(kernelName)) return;
  // Spread, so that its set-up is done again should the backend be started anew.
  const kernel = { ...current, kernelName, backendName: 'wasm', kernelFunc: make(current?.kernelFunc) };
  if (current) unregisterKernel(kernelName, 'wasm');
  registerKernel(kernel);
  ours.set(kernelName, kernel);
}
