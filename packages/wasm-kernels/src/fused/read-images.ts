import { KernelError } from '../errors.js';
import type { KernelHost } from '../host/kernel-host.js';
import { ImagesAhead, type ImageBatch, type ImageSource } from './images-ahead.js';
import { imageSize, placeImages } from './place-images.js';
import { registerFused } from './register-fused.js';

/** Multiplications that take as long as to look up a byte. */
const WORK_A_BYTE = 8;

/** What is read ahead on each heap. */
const ahead = new WeakMap<KernelHost, ImagesAhead>();

/**
 * `WellfitReadImages`: a batch `[images, ...shape]` of images whose bytes stay on the heap (those in memory that threads
 * share stay there), each byte replaced by the float that a table holds for it. With `next` other threads read the batch of that list ahead, while this one goes on;
 * whoever does not fetch it, by the same list, gives it up by `WellfitForgetImages`.
 *
 * It throws KernelError `bad-row` where an image is chosen that is not there.
 */
export function registerReadImages(): void {
  registerFused<object, ReadImagesAttrs>('WellfitReadImages', (host, _, { chosen, next, ...source }) => {
    const out = aheadOn(host).take(chosen) ?? read(host, source, chosen);
    try {
      if (next) beginNext(host, source, next);
    } catch (error) {
      host.backend.disposeData(out.dataId);
      throw error;
    }
    return out;
  });
  registerFused<object, { chosen: Uint32Array }>('WellfitForgetImages', (host, _, { chosen }) => {
    aheadOn(host).forget(chosen);
    return [];
  });
}

interface ReadImagesAttrs extends ImageSource {
  /** Numbers of the images that are the batch. */
  readonly chosen: Uint32Array;
  /** Those of the batch that is read next. */
  readonly next?: Uint32Array;
}

function aheadOn(host: KernelHost): ImagesAhead {
  const known = ahead.get(host) ?? new ImagesAhead(host);
  ahead.set(host, known);
  return known;
}

/** Without other threads, or with an image that is not there, nothing is begun: the batch is read when it is its turn. */
function beginNext(host: KernelHost, source: ImageSource, next: Uint32Array): void {
  const batches = aheadOn(host);
  if (!host.crew || batches.has(next) || wrongImage(source, next) !== undefined) return;
  batches.begin(next, placeImages(host, source, next));
}

function wrongImage(source: ImageSource, chosen: Uint32Array): number | undefined {
  const all = imagesIn(source);
  return chosen.find((image) => image >= all);
}

function imagesIn({ pixels, shape }: ImageSource): number {
  const size = imageSize(shape);
  return size > 0 ? Math.floor(pixels.length / size) : 0;
}

function read(host: KernelHost, source: ImageSource, chosen: Uint32Array): ImageBatch['out'] {
  const wrong = wrongImage(source, chosen);
  if (wrong !== undefined) {
    throw new KernelError('bad-row', `A batch names image ${wrong} of ${imagesIn(source)}.`);
  }
  const { out, numbers, args } = placeImages(host, source, chosen);
  host.run('readImages', args, chosen.length, WORK_A_BYTE * chosen.length * imageSize(source.shape));
  host.backend.disposeData(numbers.dataId);
  return out;
}
