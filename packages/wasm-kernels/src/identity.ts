import { Identity, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { replaceKernel } from './replace-kernel.js';

/**
 * Lets `clone` share the values, as the `cpu` backend does, where that of TensorFlow.js 4.22 copies them: every tensor
 * that is saved for a gradient is a clone. No kernel of TensorFlow.js writes into its inputs; what does is to copy data
 * whose `refCount` is above 1 first.
 */
export function registerIdentity(): void {
  replaceKernel(Identity, (stock) => identity(stock!));
}

/** Another tensor with the same values, which are freed with the last that has them. */
export function share(backend: BackendWasm, { dataId, shape, dtype }: TensorInfo): TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}

function identity(stock: KernelFunc): KernelFunc {
  return (given) => {
    const { x } = given.inputs as Record<'x', TensorInfo>;
    return x.dtype === 'string' ? stock(given) : share(given.backend as BackendWasm, x);
  };
}
