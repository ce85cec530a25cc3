import { DatasetError } from '../dataset-error.js';
import type { IntRows } from '../multi-hot/int-rows.js';
import type { RowSource } from '../multi-hot/row-source.js';
import type { EncodingSettings } from './imdb-options.js';
import { numpyRandomState, type NumpyRandomState } from './numpy-random-state.js';

/** Reviews as sequences of word ids, with a label each. */
export interface LabeledReviews {
  readonly words: IntRows;
  /** 1 for a positive review, 0 for a negative one. */
  readonly labels: Uint8Array;
}

/** The two parts of the IMDB data, in the order in which Keras shuffles them. */
export type ReviewPart = 'train' | 'test';

/** Encoded reviews of one part. */
export interface EncodedReviews {
  readonly words: RowSource;
  readonly labels: Uint8Array;
  /** Every id is smaller. */
  readonly width: number;
}

/**
 * Does to the raw word ranks what `keras.datasets.imdb.load_data` does (read in Keras 3.15): shuffles train, then test
 * from the same stream; marks the start and shifts the ids; removes long reviews; replaces rare and frequent words.
 *
 * @param read Reads the raw reviews of a part. Called for one part after the other, so that both need not be in memory
 * at the same time, except where the largest id of both is asked for.
 * @param use Makes of the encoded reviews what is to be kept.
 * @throws DatasetError `no-reviews` where `maxLength` leaves none.
 */
export function encodeReviews<T>(
  read: (part: ReviewPart) => LabeledReviews,
  settings: EncodingSettings,
  use: (reviews: EncodedReviews) => T,
): Record<ReviewPart, T> {
  const random = numpyRandomState(settings.seed);
  const select = (part: ReviewPart): Selection => selectReviews(read(part), random, settings);
  const { numWords } = settings;
  if (numWords !== null) {
    const train = use(encode(select('train'), settings, numWords));
    return { train, test: use(encode(select('test'), settings, numWords)) };
  }
  const train = select('train');
  const test = select('test');
  // Keras takes the largest id itself, not one more, so the rarest word is replaced here as well.
  const largest = Math.max(largestId(train, settings), largestId(test, settings));
  return { train: use(encode(train, settings, largest)), test: use(encode(test, settings, largest)) };
}

interface Selection {
  readonly reviews: LabeledReviews;
  /** Rows of `reviews` in their new order. */
  readonly rows: Uint32Array;
}

function selectReviews(
  reviews: LabeledReviews,
  random: NumpyRandomState,
  settings: EncodingSettings,
): Selection {
  const { offsets } = reviews.words;
  const { maxLength, startChar } = settings;
  const order = random.shuffledRange(reviews.labels.length);
  if (maxLength === null) return { reviews, rows: order };
  const start = startChar === null ? 0 : 1;
  const rows = order.filter((row) => offsets[row + 1] - offsets[row] + start < maxLength);
  if (rows.length === 0) {
    throw new DatasetError('no-reviews', `No review is shorter than maxLength ${maxLength}. Increase it`);
  }
  return { reviews, rows };
}

function largestId({ reviews, rows }: Selection, { startChar, indexFrom }: EncodingSettings): number {
  const { values, offsets } = reviews.words;
  let largest = 0;
  for (const row of rows) {
    for (let i = offsets[row]; i < offsets[row + 1]; i++) if (values[i] > largest) largest = values[i];
  }
  return Math.max(largest + (indexFrom ?? 0), startChar ?? 0);
}

function encode({ reviews, rows }: Selection, settings: EncodingSettings, numWords: number): EncodedReviews {
  const { values, offsets } = reviews.words;
  const { skipTop, startChar, oovChar } = settings;
  const shift = settings.indexFrom ?? 0;
  const lengths = Uint32Array.from(rows, (row) => offsets[row + 1] - offsets[row] + 1);
  const words: RowSource = {
    rows: rows.length,
    longest: lengths.reduce((most, length) => Math.max(most, length), 0),
    total: lengths.reduce((sum, length) => sum + length, 0),
    read(position, out) {
      const row = rows[position];
      const end = offsets[row + 1];
      let used = 0;
      // One before the words is the start.
      for (let i = startChar === null ? offsets[row] : offsets[row] - 1; i < end; i++) {
        const id = i < offsets[row] ? startChar! : values[i] + shift;
        if (skipTop <= id && id < numWords) out[used++] = id;
        else if (oovChar !== null) out[used++] = oovChar;
      }
      return used;
    },
  };
  return {
    words,
    labels: Uint8Array.from(rows, (row) => reviews.labels[row]),
    width: Math.max(numWords, (oovChar ?? 0) + 1),
  };
}
