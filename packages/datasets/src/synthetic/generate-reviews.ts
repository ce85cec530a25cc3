import { randomStream, type RandomStream, type Split } from '@wellfit/core';
import type { MultiHotRows } from '../multi-hot/multi-hot-dataset.js';
import type { RowSource } from '../multi-hot/row-source.js';
import { toMultiHot } from '../multi-hot/to-multi-hot.js';

/** What {@link generateReviews} needs to know. */
export interface ReviewSettings {
  readonly numWords: number;
  readonly length: number;
  readonly evidence: number;
  readonly noise: number;
  readonly seed: number;
}

const GENRES = 4;

/**
 * Generates reviews. Every split has reviews of its own, of the same language.
 *
 * - Word frequencies fall with their rank as in natural language (Zipf-Mandelbrot law).
 * - A review belongs to a genre, and every genre prefers some words.
 * - Words speak for or against, each a little, most of them alike in all genres; others turn with the genre, as
 *   "predictable" is praise for a car and not for a film. A linear model misses those; small networks learn some.
 * - A review takes a varying share of its words from what its sentiment prefers, the rest without regard to it.
 * - Some labels are wrong, which only memorizing can fit.
 *
 * @param rows Number of reviews.
 */
export function generateReviews(settings: ReviewSettings, split: Split, rows: number): MultiHotRows {
  const language = makeLanguage(settings);
  const random = randomStream(settings.seed, `reviews/${split}`);
  const labels = new Uint8Array(rows);
  const longest = Math.ceil(settings.length * 1.5);
  const words: RowSource = {
    rows,
    longest,
    total: rows * longest,
    read(row, out) {
      const genre = random.below(GENRES);
      const sentiment = random.below(2);
      const share = 0.3 + 0.7 * random.uniform();
      const length = Math.ceil(settings.length * (0.5 + random.uniform()));
      for (let i = 0; i < length; i++) {
        const speaks = random.uniform() < share;
        out[i] = draw(speaks ? language.spoken[genre][sentiment] : language.neutral[genre], random);
      }
      labels[row] = random.uniform() < settings.noise ? 1 - sentiment : sentiment;
      return length;
    },
  };
  return { inputs: toMultiHot(words, settings.numWords), labels };
}

/** Cumulative word weights. */
interface Language {
  /** By genre. */
  readonly neutral: readonly Float64Array[];
  /** By genre, then sentiment. */
  readonly spoken: readonly (readonly Float64Array[])[];
}

function makeLanguage({ numWords, evidence, seed }: ReviewSettings): Language {
  const random = randomStream(seed, 'language');
  const words = Array.from({ length: numWords }, (_, rank) => {
    const everywhere = random.normal() * 0.3;
    return {
      frequency: (rank + 3.7) ** -1.07,
      tone: Array.from({ length: GENRES }, () => evidence * (everywhere + random.normal() * 0.9)),
      fit: Array.from({ length: GENRES }, () => random.normal() * 0.8),
    };
  });
  const genres = Array.from({ length: GENRES }, (_, genre) => genre);
  const weigh = (genre: number, side: number): Float64Array => {
    let sum = 0;
    return Float64Array.from(words, ({ frequency, tone, fit }) => {
      sum += frequency * Math.exp(fit[genre] + side * tone[genre]);
      return sum;
    });
  };
  return {
    neutral: genres.map((genre) => weigh(genre, 0)),
    spoken: genres.map((genre) => [weigh(genre, -1), weigh(genre, 1)]),
  };
}

/** A word number with probability in proportion to its weight: bisection in the cumulative weights. */
function draw(cumulative: Float64Array, random: RandomStream): number {
  const target = random.uniform() * cumulative[cumulative.length - 1];
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
