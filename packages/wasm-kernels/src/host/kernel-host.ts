import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { ALIGNMENT, aligned, heapOf, type EmscriptenHeap } from './emscripten-heap.js';
import type { KernelExports, ParallelName } from './kernel-exports.js';
import { Residents } from './residents.js';

/** Bytes of memory that an instance of the module has for itself: `LOCAL_BYTES` of `assembly/local.ts`. */
export const LOCAL_BYTES = 2 ** 20;

/** Bytes for what {@link KernelHost.parameters} writes. */
const PARAMETER_BYTES = 256;

/** How much larger than asked for an area becomes, so that slowly growing batches do not move it each time. */
const GROWTH = 1.25;

/** Divides the work of a kernel among threads. */
export interface Crew {
  readonly threads: number;
  /** Runs `name` over all grains and returns when they are done. */
  run(name: ParallelName, args: readonly number[], grains: number): void;
  /** Lets the others compute `name` while they have nothing else to do, in `chunks`; finishes the one before. */
  begin(name: ParallelName, args: readonly number[], grains: number, chunks?: number): void;
  /** Does what is left of that. */
  finish(): void;
}

/**
 * Below this many multiplications a kernel is not divided. Measured: two threads and one take the same time at about
 * 65,000 (3 us), two are 1.4 times as fast at 131,000, 1.8 at 524,000; dividing in vain costs 0.5 us.
 */
const WORTH_DIVIDING = 100_000;

/** The kernels' module on the heap of a backend, and what its callers need around it. */
export class KernelHost {
  readonly #heap: EmscriptenHeap;
  readonly #zeros: Area;
  readonly #scratch: Area;
  readonly #parameters: number;
  /** What stays on the heap from batch to batch. */
  readonly residents: Residents;
  /** Absent: everything runs on this thread. */
  crew?: Crew;

  /**
   * @param exports An instance on the heap of `backend`.
   */
  constructor(
    readonly backend: BackendWasm,
    readonly exports: KernelExports,
  ) {
    this.#heap = heapOf(backend);
    this.#zeros = new Area(this.#heap);
    this.#scratch = new Area(this.#heap);
    this.residents = new Residents(this.#heap);
    exports.setLocal(this.allocate(LOCAL_BYTES));
    this.#parameters = this.allocate(PARAMETER_BYTES);
  }

  /** Address of a tensor's values. */
  address(tensor: TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** Address of a tensor's values, 0 where there is none. */
  addressOf(tensor: TensorInfo | undefined | null): number {
    return tensor ? this.address(tensor) : 0;
  }

  /** A new float tensor with undefined values. */
  output(shape: readonly number[]): TensorInfo {
    return this.backend.makeOutput([...shape], 'float32');
  }

  /**
   * Runs a function of the module over all its grains.
   *
   * @param args Its parameters without `begin` and `end`.
   * @param work About how many multiplications take as long (some 20 a nanosecond; moving a value takes as long as
   *   several): little work is not divided.
   */
  run(name: ParallelName, args: readonly number[], grains: number, work: number): void {
    if (this.crew && grains > 1 && work >= WORTH_DIVIDING) this.crew.run(name, args, grains);
    else this.exports[name](...args, 0, grains);
  }

  /** Memory with undefined contents, 16-byte aligned; valid until the next call. */
  scratch(bytes: number): number {
    this.#scratch.ensure(bytes);
    return this.#scratch.address;
  }

  /** Memory that holds nothing but 0; valid until the next call. */
  zeros(bytes: number): number {
    if (this.#zeros.ensure(bytes)) {
      const { address } = this.#zeros;
      this.#heap.HEAPU8.fill(0, address, address + this.#zeros.bytes);
    }
    return this.#zeros.address;
  }

  /** Copies values to an address. */
  write(values: Int32Array | Uint32Array | Uint8Array, address: number): void {
    this.#heap.HEAPU8.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address);
  }

  /** The 32-bit integer at an address. */
  integerAt(address: number): number {
    return new Int32Array(this.#heap.HEAPU8.buffer, address, 1)[0];
  }

  /** Writes whole numbers as 32-bit integers where a kernel can read them; valid until the next call. */
  parameters(values: readonly number[]): number {
    new Int32Array(this.#heap.HEAPU8.buffer, this.#parameters, values.length).set(values);
    return this.#parameters;
  }

  /**
   * A block of the heap, 16-byte aligned, that is never given back.
   *
   * @throws KernelError `out-of-memory`.
   */
  allocate(bytes: number): number {
    return aligned(this.#heap._malloc(bytes + ALIGNMENT) >>> 0);
  }
}

/** A block of the heap that grows as needed. */
class Area {
  address = 0;
  bytes = 0;
  #allocated = 0;

  constructor(private readonly heap: EmscriptenHeap) {}

  /** Makes it large enough; true where it is another block now, with undefined contents. */
  ensure(bytes: number): boolean {
    if (bytes <= this.bytes) return false;
    this.heap._free(this.#allocated);
    // Where there is no room for the larger one, nothing is left: not the block that was given back.
    this.#allocated = this.address = this.bytes = 0;
    const larger = Math.ceil(bytes * GROWTH);
    this.#allocated = this.heap._malloc(larger + ALIGNMENT) >>> 0;
    this.address = aligned(this.#allocated);
    this.bytes = larger;
    return true;
  }
}
