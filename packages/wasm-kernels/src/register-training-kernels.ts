import { findBackend } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { KernelError } from './errors.js';
import type { KernelExports } from './host/kernel-exports.js';
import { heapOf } from './host/emscripten-heap.js';
import { KernelHost } from './host/kernel-host.js';
import { readBinary } from './host/read-binary.js';
import { addHost, findHost } from './hosts.js';
import { registerKernels } from './register-kernels.js';

/** Options of {@link registerTrainingKernels}. */
export interface TrainingKernelOptions {
  readonly threads?: number;
}

/**
 * Gives the `wasm` backend of TensorFlow.js kernels with which it trains at the speed of the hardware: in place of
 * those that are slow or wrong, and those that it lacks. A stock `model.fit` becomes faster, and trains convolutions.
 *
 * Needs the backend to be the current one, or started before. Calling it again does nothing.
 *
 * @throws KernelError `no-backend` where the backend was not started, `kernels-missing` where the module cannot be read.
 * @example
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-wasm';
 *
 * await tf.setBackend('wasm');
 * await registerTrainingKernels();
 */
export async function registerTrainingKernels({ threads = 1 }: TrainingKernelOptions = {}): Promise<void> {
  const backend = findBackend('wasm') as BackendWasm | null;
  if (!backend?.wasm) {
    throw new KernelError(
      'no-backend',
      "The wasm backend of TensorFlow.js is not running: import '@tensorflow/tfjs-backend-wasm' and " +
        "await setBackend('wasm') first.",
    );
  }
  if (findHost(backend)) return;
  const module = await WebAssembly.compile((await readBinary('kernels.wasm')) as BufferSource);
  const instance = await WebAssembly.instantiate(module, { env: { memory: heapOf(backend).asm.memory } });
  if (threads !== 1) throw new KernelError('unsupported', 'Only one thread so far.');
  addHost(new KernelHost(backend, instance.exports as unknown as KernelExports));
  registerKernels();
}
