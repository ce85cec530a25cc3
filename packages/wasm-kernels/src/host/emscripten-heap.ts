import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { KernelError } from '../errors.js';

/**
 * What Emscripten's module has besides the part that TensorFlow.js declares. Internals: this package is for one version
 * of `@tensorflow/tfjs-backend-wasm` only.
 */
export interface EmscriptenHeap {
  /** The whole heap; another object after it has grown. */
  readonly HEAPU8: Uint8Array;
  /** The address, as a signed integer; throws where there is no room, after {@link guardAllocations}. */
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

/** What blocks begin at a multiple of, so that vectors do not cross the lines of the cache. */
export const ALIGNMENT = 16;

/** The first address from `address` on that is a multiple of {@link ALIGNMENT}. */
export function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}

/** Most bytes that 32-bit addresses can name. */
const MOST_BYTES = 2 ** 32 - 1;

/**
 * Makes every allocation, also those of the backend's tensors, throw a KernelError `out-of-memory` where there is no
 * room. TensorFlow.js 4.22 takes the address 0 that it gets then for a good one and writes over the start of the heap.
 */
export function guardAllocations(heap: EmscriptenHeap): void {
  // Emscripten puts the real function in place of a first one when that is called.
  heap._free(heap._malloc(ALIGNMENT));
  const malloc = heap._malloc.bind(heap);
  heap._malloc = (bytes) => {
    // More than 32 bits would lose the upper ones, and give a block that is too small.
    const address = bytes <= MOST_BYTES ? malloc(bytes) : 0;
    if (address !== 0) return address;
    throw new KernelError(
      'out-of-memory',
      `The WebAssembly heap has no room for another ${bytes} bytes (it ends at 4 GB). ` +
        'Use smaller batches or a smaller model, and dispose tensors that are not needed.',
    );
  };
}
