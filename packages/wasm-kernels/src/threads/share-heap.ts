import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { builtin } from '../host/builtin.js';
import { readBytes } from '../host/read-bytes.js';
import { withSharedMemory } from './with-shared-memory.js';

const SIMD_BINARY = 'tfjs-backend-wasm-simd.wasm';

/**
 * Sees to it that the `wasm` backend starts on a heap that threads can share; to be called before it starts.
 *
 * TensorFlow.js has no such binary but one that brings threads of its own, which it refuses in Node. It gets its usual
 * one with one bit changed, in memory: nothing on disk changes.
 *
 * @param folder Where the binaries of TensorFlow.js lie, ending with a separator: a path, or in a browser an address.
 * @returns Why the heap cannot be shared, one clause; undefined where it will be.
 */
export async function shareHeap(folder: string | undefined): Promise<string | undefined> {
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated;
  if (typeof SharedArrayBuffer === 'undefined' || isolated === false) {
    return 'this page is not cross-origin isolated, so it may not share memory';
  }
  if (folder === undefined) {
    return 'wasmPath does not say where the binaries of TensorFlow.js lie';
  }
  try {
    const binary = withSharedMemory(await readBytes(folder + SIMD_BINARY));
    const address = `data:application/wasm;base64,${base64(binary)}`;
    const others = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];
    const usual = Object.fromEntries(others.map((file) => [file, folder + file]));
    // By the platform's fetch, since Emscripten's own reading in Node knows files only.
    setWasmPaths({ ...usual, [SIMD_BINARY]: address }, true);
    return undefined;
  } catch (error) {
    return `the heap cannot be shared: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Where Node finds the binaries of TensorFlow.js; undefined in a browser. */
export function installedBinaries(): string | undefined {
  try {
    const entry = builtin('node:module')
      ?.createRequire(import.meta.url)
      .resolve('@tensorflow/tfjs-backend-wasm');
    return entry?.replace(/[^\\/]*$/, '');
  } catch {
    return undefined;
  }
}

function base64(bytes: Uint8Array): string {
  let text = '';
  // In pieces, since a call takes a limited number of arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}
