import { z } from 'zod';
import type { LoadContext } from '@wellfit/core';
import { DatasetError } from '../dataset-error.js';
import { toIntRows } from '../multi-hot/int-rows.js';
import type { LabeledReviews, ReviewPart } from './encode-reviews.js';
import { imdbOptions, type ImdbOptions } from './imdb-options.js';
import { loadReviews } from './load-reviews.js';

/**
 * The IMDB reviews as sequences of word ids: what `keras.datasets.imdb.load_data` returns, row for row.
 *
 * @param options As for {@link imdb}; `validation`, `train` and `splitSeed` have no effect.
 * @throws DatasetError `bad-option`; as `fetchFile`; `no-reviews`; and as `readImdbPart` for a damaged file.
 */
export async function loadImdbSequences(
  options: ImdbOptions = {},
  context: LoadContext = {},
): Promise<Record<ReviewPart, LabeledReviews>> {
  const checked = imdbOptions.safeParse(options);
  if (!checked.success) throw new DatasetError('bad-option', z.prettifyError(checked.error));
  return loadReviews(checked.data, context, ({ words, labels }) => ({ words: toIntRows(words), labels }));
}
