import { readFile } from 'node:fs/promises';
import type { LoadContext } from '@wellfit/core';
import { fetchFile } from '../download/fetch-file.js';
import { encodeReviews, type EncodedReviews, type ReviewPart } from './encode-reviews.js';
import { imdbFile } from './imdb-file.js';
import type { EncodingSettings } from './imdb-options.js';
import { readImdbPart } from './read-imdb-part.js';

/** Fetches, decodes and encodes the reviews; `use` makes of each part what is to be kept. */
export async function loadReviews<T>(
  settings: EncodingSettings,
  context: LoadContext,
  use: (reviews: EncodedReviews) => T,
): Promise<Record<ReviewPart, T>> {
  const { name } = imdbFile;
  const path = await fetchFile(imdbFile, context);
  context.signal?.throwIfAborted();
  const npz = await readFile(path);
  const total = npz.length;
  context.onProgress?.({ stage: 'decode', file: name, done: 0, total });
  const parts = encodeReviews((part) => readImdbPart(npz, part), settings, use);
  context.onProgress?.({ stage: 'decode', file: name, done: total, total });
  return parts;
}
