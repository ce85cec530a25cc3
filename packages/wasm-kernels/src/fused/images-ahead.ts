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

  begin(chosen: Uint32Array, batch: ImageBatch): void {
    this.#batches.set(chosen, batch);
    const chunks = Math.ceil(chosen.length / IMAGES_A_CHUNK);
    this.host.crew!.begin('readImages', batch.args, chosen.length, chunks);
  }

  /** The batch of these images, which is the caller's then; undefined where it was not begun. */
  take(chosen: Uint32Array): TensorInfo | undefined {
    const batch = this.#batches.get(chosen);
    if (!batch) return undefined;
    this.#end(chosen, batch);
    return batch.out;
  }

  /** Gives a batch up. */
  forget(chosen: Uint32Array): void {
    const batch = this.#batches.get(chosen);
    if (!batch) return;
    try {
      this.#end(chosen, batch);
    } finally {
      this.host.backend.disposeData(batch.out.dataId);
    }
  }

  #end(chosen: Uint32Array, batch: ImageBatch): void {
    this.#batches.delete(chosen);
    try {
      this.host.crew?.finish();
    } finally {
      this.host.backend.disposeData(batch.numbers.dataId);
    }
  }
}
