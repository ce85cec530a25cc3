import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { KernelError } from './errors.js';
import type { KernelHost } from './host/kernel-host.js';

const hosts = new WeakMap<object, KernelHost>();

/** Remembers the module that lives on the heap of a backend. */
export function addHost(host: KernelHost): void {
  hosts.set(host.backend, host);
}

/** The module on the heap of a backend, if there is one. */
export function findHost(backend: KernelBackend): KernelHost | undefined {
  return hosts.get(backend);
}

/**
 * The module on the heap of the backend that a kernel is called with.
 *
 * @throws KernelError `not-registered` where the backend was started anew since.
 */
export function hostOf(backend: unknown): KernelHost {
  const host = hosts.get(backend as BackendWasm);
  if (host) return host;
  throw new KernelError(
    'not-registered',
    'The wasm backend was started anew after the training kernels were registered: await registerTrainingKernels() again.',
  );
}
