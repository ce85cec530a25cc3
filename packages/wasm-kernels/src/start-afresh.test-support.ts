import {
  engine,
  findBackendFactory,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { KernelHost } from './host/kernel-host.js';
import { hostOf } from './hosts.js';
import {
  registerTrainingKernels,
  type TrainingKernelOptions,
  type TrainingKernels,
} from './register-training-kernels.js';
import { runningBackend } from './start-backend.js';
import { installedBinaries } from './threads/share-heap.js';

/** A backend that a test started. */
export interface Afresh extends TrainingKernels {
  readonly host: KernelHost;
}

/**
 * Ends the `wasm` backend, with all tensors and threads, and starts it with other options.
 *
 * @param shared With `false` TensorFlow.js starts it before the kernels are registered, on a heap of its own.
 */
export async function startAfresh(options: TrainingKernelOptions, shared = true): Promise<Afresh> {
  if (shared) stop();
  else await startStock();
  const result = await registerTrainingKernels(options);
  return { ...result, host: hostOf(engine().backend) };
}

/** Ends the `wasm` backend and lets TensorFlow.js start it, on a heap of its own. */
export async function startStock(): Promise<void> {
  stop();
  const files = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`);
  setWasmPaths(Object.fromEntries(files.map((file) => [file, `${installedBinaries()}${file}`])));
  await setBackend('wasm');
}

/** Ends the `wasm` backend, if it runs. */
export function stop(): void {
  if (!runningBackend()) return;
  const factory = findBackendFactory('wasm');
  removeBackend('wasm');
  registerBackend('wasm', factory, 2);
}
