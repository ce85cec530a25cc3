import { tensor4d, type Tensor } from '@tensorflow/tfjs-core';
import { hasKernel, runInPlace, runKernel } from '@wellfit/core';

/** Images in memory, and what becomes of their bytes. */
export interface ImageSource {
  /** Bytes of all images, one after the other; they must not change once images were read. */
  readonly pixels: Uint8Array;
  /** Height, width and channels of an image. */
  readonly shape: readonly [number, number, number];
  /** As `scaleTable` makes it: 256 floats, or 256 for each channel; must not change either. */
  readonly table: Float32Array;
}

/**
 * A batch of images, every byte looked up in the table: by a kernel where the backend has one, which keeps the bytes
 * where it needs them. The bits are the same.
 *
 * @param chosen Numbers of the images, in the order of the batch.
 * @param next Those of the batch that will be read next: a backend with threads may begin with it, and keeps it for who
 *   reads the same list, until `forgetImages`.
 * @returns `[images, height, width, channels]`; whoever receives it disposes it.
 */
export function readImages(source: ImageSource, chosen: Uint32Array, next?: Uint32Array): Tensor {
  if (hasKernel('WellfitReadImages'))
    return runKernel('WellfitReadImages', {}, { ...source, chosen, next })[0];
  return tensor4d(lookUp(source, chosen), [chosen.length, ...source.shape]);
}

/** Gives up a batch that was named as the next, where a backend began with it. */
export function forgetImages(chosen: Uint32Array): void {
  if (hasKernel('WellfitForgetImages')) runInPlace('WellfitForgetImages', {}, { chosen });
}

function lookUp({ pixels, shape, table }: ImageSource, chosen: Uint32Array): Float32Array {
  const size = shape[0] * shape[1] * shape[2];
  const out = new Float32Array(chosen.length * size);
  let to = 0;
  for (const image of chosen) {
    const stop = (image + 1) * size;
    // Without a cycle over channels where there is nothing to cycle over: one lookup per byte.
    if (table.length === 256) {
      for (let at = image * size; at < stop; at++) out[to++] = table[pixels[at]];
      continue;
    }
    for (let at = image * size, channel = 0; at < stop; at++) {
      out[to++] = table[channel + pixels[at]];
      channel += 256;
      if (channel === table.length) channel = 0;
    }
  }
  return out;
}
