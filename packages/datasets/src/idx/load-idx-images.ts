import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { LoadContext } from '@wellfit/core';
import { fetchFile } from '../download/fetch-file.js';
import type { RemoteFile } from '../download/remote-file.js';
import type { ImageRows } from '../images/image-dataset.js';
import { shared } from '../shared.js';
import { gunzipBytes } from './gunzip-bytes.js';
import { pairImages } from './pair-images.js';
import { readIdx, type IdxArray } from './read-idx.js';

/** MNIST itself has 47 MB. */
const MOST_BYTES = 64e6;

/** The four files of MNIST and of the sets made after it. */
export interface IdxFiles {
  readonly train: { readonly images: RemoteFile; readonly labels: RemoteFile };
  readonly test: { readonly images: RemoteFile; readonly labels: RemoteFile };
}

/** What {@link loadIdxImages} read. */
export interface IdxImages {
  readonly train: ImageRows;
  readonly test: ImageRows;
  /** SHA-256 of the files, by name. */
  readonly sha256: Readonly<Record<string, string>>;
}

/**
 * Fetches and decodes gzipped IDX files of images of 28 x 28 pixels in ten classes; once for datasets that share what
 * they load. Progress stages: those of `fetchFile`, then `decode`.
 *
 * @throws DatasetError as `fetchFile`, {@link gunzipBytes}, {@link readIdx} and {@link pairImages}.
 */
export async function loadIdxImages(files: IdxFiles, context: LoadContext): Promise<IdxImages> {
  return shared(context, files.train.images.name, () => readIdxFiles(files, context));
}

async function readIdxFiles(files: IdxFiles, context: LoadContext): Promise<IdxImages> {
  const sha256: Record<string, string> = {};
  const read = async (file: RemoteFile): Promise<IdxArray> => {
    const packed = await readFile(await fetchFile(file, context));
    const report = (done: number): void =>
      context.onProgress?.({ stage: 'decode', file: file.name, done, total: packed.length });
    report(0);
    sha256[file.name] = createHash('sha256').update(packed).digest('hex');
    const array = readIdx(await gunzipBytes(packed, file.name, MOST_BYTES), file.name);
    report(packed.length);
    context.signal?.throwIfAborted();
    return array;
  };
  const readPart = async ({ images, labels }: IdxFiles['train']): Promise<ImageRows> =>
    pairImages(await read(images), await read(labels), {
      size: [28, 28],
      classes: 10,
      names: { images: images.name, labels: labels.name },
    });
  return { train: await readPart(files.train), test: await readPart(files.test), sha256 };
}
