import { z } from 'zod';
import { splitOptions, validationOption, type SplitSettings } from '../splits/split-options.js';

const MOST_WORDS = 1_000_000;
const TRAINING_REVIEWS = 25_000;
const wordId = z.int().min(0).max(MOST_WORDS);

/** Options of {@link imdb}; names in brackets are those of `keras.datasets.imdb.load_data`. */
export const imdbOptions = z
  .strictObject({
    numWords: z
      .int()
      .min(1)
      .max(MOST_WORDS)
      .nullable()
      .default(10_000)
      .describe(
        'Keep word ids below this and replace rarer words (num_words); null keeps all. The width of the inputs.',
      ),
    skipTop: z
      .int()
      .min(0)
      .max(MOST_WORDS)
      .default(0)
      .describe('Replace word ids below this, the most frequent words (skip_top).'),
    maxLength: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe('Keep only reviews shorter than this, the start marker counted (maxlen); null keeps all.'),
    startChar: wordId
      .nullable()
      .default(1)
      .describe('Put before every review (start_char); null puts nothing.'),
    oovChar: wordId.nullable().default(2).describe('Stands for replaced words (oov_char); null drops them.'),
    indexFrom: wordId
      .nullable()
      .default(3)
      .describe('Added to every word id (index_from); null adds nothing.'),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .default(113)
      .describe('Of the order of the reviews, as NumPy shuffles (seed).'),
    validation: validationOption(TRAINING_REVIEWS - 1)
      .default('test')
      .describe(
        'The test reviews serve as validation set, or the first so many training reviews do, given as a number or ' +
          'as a share (below 1); null for none.',
      ),
    train: splitOptions.train,
    splitSeed: splitOptions.splitSeed.describe(
      'Of the random choice of training reviews where `train` leaves some out; not that of the run.',
    ),
  })
  .superRefine(({ numWords, skipTop, startChar, oovChar, indexFrom }, context) => {
    const refuse = (key: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [key], message });
    };
    if (startChar !== null && indexFrom === null) {
      refuse('indexFrom', 'may be null only where startChar is null too; use 0 to add nothing');
    }
    if (numWords === null) return;
    if (oovChar !== null && oovChar >= numWords) {
      refuse('oovChar', `must be below numWords (${numWords}), got ${oovChar}`);
    }
    if (skipTop >= numWords)
      refuse('skipTop', `must be below numWords (${numWords}), got ${skipTop}: no word is left`);
  });

/** Options of {@link imdb} with their defaults filled in. */
export type ImdbSettings = z.output<typeof imdbOptions>;

/** Those of them that decide how reviews are encoded, whatever becomes of the rows. */
export type EncodingSettings = Omit<ImdbSettings, keyof SplitSettings>;

/** Options of {@link imdb}. */
export type ImdbOptions = z.input<typeof imdbOptions>;
