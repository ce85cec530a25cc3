import { engine, env, findBackendFactory, setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { KernelError } from './errors.js';
import { installedBinaries, shareHeap } from './threads/share-heap.js';

/** The `wasm` backend, if it runs; asking TensorFlow.js itself would start it. */
export function runningBackend(): BackendWasm | undefined {
  return engine().registry.wasm as BackendWasm | undefined;
}

/**
 * Starts the `wasm` backend and makes it current, with a heap that threads can share where that is wanted and possible.
 *
 * @param folder Where its binaries lie; Node finds them itself.
 * @returns Why the heap is not shared although it was wanted, one clause.
 * @throws KernelError `no-backend` where it does not start.
 */
export async function startBackend(share: boolean, folder?: string): Promise<string | undefined> {
  if (!findBackendFactory('wasm')) {
    throw new KernelError(
      'no-backend',
      'The wasm backend is not known to @tensorflow/tfjs-core: two copies of tfjs-core are installed. ' +
        'See `npm ls @tensorflow/tfjs-core` and install one version (4.22).',
    );
  }
  // Its build with threads of its own does not show its memory, so no kernel could be put beside it.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const binaries = folder === undefined ? installedBinaries() : folder.replace(/[^\\/]$/, '$&/');
  const unshared = share ? await shareHeap(binaries) : undefined;
  if (binaries !== undefined && (!share || unshared !== undefined)) setWasmPaths(binaries);
  if (await setBackend('wasm')) return unshared;
  throw new KernelError(
    'no-backend',
    'The wasm backend did not start: in a browser give `wasmPath`, the address of the folder with its .wasm files.',
  );
}
