import type { TensorInfo } from '@tensorflow/tfjs-core';
import { isShared } from '../host/is-shared.js';
import type { KernelHost } from '../host/kernel-host.js';
import type { ImageBatch, ImageSource } from './images-ahead.js';

/** Where the kernel finds images, and their numbers there, in the memory of a tensor. */
interface Place {
  readonly numbers: TensorInfo;
  readonly bytes: number;
}

/**
 * Brings to the heap what the kernel `readImages` reads, and makes room for what it writes. Where there is no room for all of
 * it, nothing but residents is left.
 */
export function placeImages(host: KernelHost, source: ImageSource, chosen: Uint32Array): ImageBatch {
  const { pixels, table, shape } = source;
  const size = imageSize(shape);
  const [floats] = host.residents.addresses(table, [table]);
  const { numbers, bytes } = isShared(pixels)
    ? placeChosen(host, pixels, size, chosen)
    : placeAll(host, pixels, chosen);
  try {
    const out = host.output([chosen.length, ...shape]);
    const args = [bytes, host.address(numbers), floats, host.address(out), size, table.length / 256];
    return { out, numbers, args };
  } catch (error) {
    host.backend.disposeData(numbers.dataId);
    throw error;
  }
}

/** Bytes of an image. */
export function imageSize(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** All images, which stay on the heap. */
function placeAll(host: KernelHost, pixels: Uint8Array, chosen: Uint32Array): Place {
  const [bytes] = host.residents.addresses(pixels, [pixels]);
  const numbers = host.output([chosen.length]);
  host.write(chosen, host.address(numbers));
  return { numbers, bytes };
}

/**
 * Those of a batch, behind their numbers. For images in memory that threads share: if each thread had them all on a heap
 * of its own, memory would grow with the threads.
 */
function placeChosen(host: KernelHost, pixels: Uint8Array, size: number, chosen: Uint32Array): Place {
  const numbers = host.output([chosen.length + Math.ceil((chosen.length * size) / 4)]);
  const address = host.address(numbers);
  const bytes = address + 4 * chosen.length;
  host.write(
    chosen.map((_, i) => i),
    address,
  );
  chosen.forEach((image, i) => {
    host.write(pixels.subarray(image * size, (image + 1) * size), bytes + i * size);
  });
  return { numbers, bytes };
}
