import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';

/** Where images come from. Not tensors, so that the bytes can stay on the heap over all batches. */
export interface ImageSource {
  /** The bytes of all images, one after the other. */
  readonly pixels: Uint8Array;
  /** Of an image; its last axis goes through the channels. */
  readonly shape: readonly number[];
  /** 256 floats, or 256 for each channel. */
  readonly table: Float32Array;
}

/** A batch with its place on the heap. */
export interface ImageBatch {
  readonly out: TensorInfo;
  /** Numbers of the images, in the memory of a tensor. */
  readonly numbers: TensorInfo;
  /** Parameters of the kernel `readImages`. */
  readonly args: readonly number[];
}

/** Images that a thread without other work reads at a time: it is needed elsewhere soon. */
const IMAGES_A_CHUNK = 4;

/** Batches that other threads read before they are needed, by the list of their images: that object, not its values. */
export class ImagesAhead {
  readonly #batches = new Map<Uint32Array, ImageBatch>();

  constructor(private readonly host: KernelHost) {}

  /** Whether the batch of these images was begun. */
  has(chosen: Uint32Array): boolean {
    return this.#batches.has(chosen);
  }

  /** Takes the batch over, also where it throws. */
  begin(chosen: Uint32Array, batch: ImageBatch): void {
    this.#batches.set(chosen, batch);
    const chunks = Math.ceil(chosen.length / IMAGES_A_CHUNK);
    this.#orNone(() => this.host.crew!.begin('readImages', batch.args, chosen.length, chunks));
  }

  /** The batch of these images, which is the caller's then; undefined where it was not begun. */
  take(chosen: Uint32Array): TensorInfo | undefined {
    const batch = this.#batches.get(chosen);
    if (!batch) return undefined;
    this.#orNone(() => this.host.crew?.finish());
    this.#batches.delete(chosen);
    this.host.backend.disposeData(batch.numbers.dataId);
    return batch.out;
  }

  /** Gives a batch up. */
  forget(chosen: Uint32Array): void {
    const batch = this.#batches.get(chosen);
    if (!batch) return;
    this.#orNone(() => this.host.crew?.finish());
    this.#batches.delete(chosen);
    this.#dispose(batch);
  }

  /** What fails may be what was begun before: then no batch can be relied on, and none is kept. */
  #orNone(run: () => void): void {
    try {
      run();
    } catch (error) {
      for (const batch of this.#batches.values()) this.#dispose(batch);
      this.#batches.clear();
      throw error;
    }
  }

  #dispose({ out, numbers }: ImageBatch): void {
    this.host.backend.disposeData(numbers.dataId);
    this.host.backend.disposeData(out.dataId);
  }
}
