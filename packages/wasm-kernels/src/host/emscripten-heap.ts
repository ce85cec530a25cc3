import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { KernelError } from '../errors.js';

/**
 * What Emscripten's module has besides the part that TensorFlow.js declares. Internals: this package is for one version
 * of `@tensorflow/tfjs-backend-wasm` only.
 */
export interface EmscriptenHeap {
  /** The whole heap; another object after it has grown. */
  readonly HEAPU8: Uint8Array;
  /** The address, as a signed integer; 0 where there is no room. */
  _malloc(bytes: number): number;
  _free(address: number): void;
  readonly asm: { readonly memory: WebAssembly.Memory };
}

/**
 * The heap of the backend's tensors.
 *
 * @throws KernelError `unknown-backend` where the backend does not look as expected.
 */
export function heapOf({ wasm }: BackendWasm): EmscriptenHeap {
  const heap = wasm as unknown as Partial<EmscriptenHeap>;
  if (heap.asm?.memory instanceof WebAssembly.Memory && heap.HEAPU8 && heap._malloc && heap._free) {
    return heap as EmscriptenHeap;
  }
  throw new KernelError(
    'unknown-backend',
    'This version of @tensorflow/tfjs-backend-wasm keeps its memory elsewhere: install version 4.22.0.',
  );
}
