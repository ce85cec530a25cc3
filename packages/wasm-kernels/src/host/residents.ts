import type { EmscriptenHeap } from './emscripten-heap.js';

type Values = Int32Array | Uint32Array | Uint8Array | Float32Array;

/** Copies of arrays on the heap that live as long as an object of JavaScript. */
export class Residents {
  readonly #addresses = new WeakMap<object, readonly number[]>();
  readonly #freeing: FinalizationRegistry<number>;

  constructor(private readonly heap: EmscriptenHeap) {
    this.#freeing = new FinalizationRegistry((address) => heap._free(address));
  }

  /**
   * Where the arrays of an object lie; they are copied there the first time, and must not change from then on. They are
   * freed some time after the object, when JavaScript collects it.
   *
   * @param arrays Always the same for the same owner.
   * @throws KernelError `out-of-memory`.
   */
  addresses(owner: object, arrays: readonly Values[]): readonly number[] {
    const known = this.#addresses.get(owner);
    if (known) return known;
    // Each at a multiple of four, which floats and integers need.
    const places: number[] = [];
    let bytes = 0;
    for (const { byteLength } of arrays) {
      places.push(bytes);
      bytes += Math.ceil(byteLength / 4) * 4;
    }
    const block = this.heap._malloc(Math.max(bytes, 4)) >>> 0;
    this.#freeing.register(owner, block);
    const addresses = places.map((place) => block + place);
    arrays.forEach((array, i) => {
      const from = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      this.heap.HEAPU8.set(from, addresses[i]);
    });
    this.#addresses.set(owner, addresses);
    return addresses;
  }
}
