/**
 * The data sets that the corpus of verdicts is trained on. A *world* is one kind of data with one share of wrong labels; all
 * its runs are the arms of one experiment. Thresholds are chosen on the worlds of `calibration` alone; the figures are of
 * those that are `held-out`, at which nobody looked before the rules had been settled.
 */
import { datasets } from '@wellfit/datasets';

/**
 * Rows of a world: `train` for the references, of which runs take the first few thousand at most; `validation` is what
 * verdicts see, `oracle` what only labels see. `active` is the number of inputs that are not 0 (for costs alone).
 */
const REVIEWS = { dataset: 'synthetic-reviews', classes: 2, active: 60, train: 8000, oracle: 4000 };
const DIGITS = { dataset: 'synthetic-digits', classes: 10, active: 784, train: 5000, oracle: 3000 };
const IMAGES = {
  ...{ dataset: 'synthetic-images', classes: 10, active: 3072, train: 2000, oracle: 1000 },
  // Dense networks learn nothing of unscaled pictures, nor at the rates that suit the other data.
  ...{ scaling: 'standardize-channels', rate: 0.2 },
};
const IMDB = { dataset: 'imdb', classes: 2, active: 100, train: 12_000, oracle: 5000 };
const MNIST = { dataset: 'mnist', classes: 10, active: 784, train: 5000, oracle: 3000 };

const reviews = (noise, numWords, evidence, validation, seed) => ({
  ...REVIEWS,
  name: `reviews-${numWords}w-${noise}n-${evidence}e`,
  validation,
  options: { noise, numWords, evidence, seed, train: REVIEWS.train, validation, test: REVIEWS.oracle },
});
const drawn = (kind, label, noise, validation, seed) => ({
  ...kind,
  name: `${label}-${noise}n-${validation}v`,
  validation,
  options: {
    ...{ noise, seed, validation, train: kind.train },
    ...{ trainRows: kind.train + validation, testRows: kind.oracle },
    ...(kind.scaling && { scaling: kind.scaling }),
  },
});
const imdb = (numWords, validation) => ({
  ...IMDB,
  name: `imdb-${numWords}w`,
  validation,
  options: { numWords, validation: 12_500, train: IMDB.train },
});
const mnist = (validation, splitSeed) => ({
  ...MNIST,
  name: `mnist-${validation}v`,
  validation,
  options: { validation: 10_000, train: MNIST.train, splitSeed },
});

const calibration = [
  reviews(0, 200, 1, 1000, 11),
  reviews(0, 800, 1.6, 2000, 12),
  reviews(0.05, 400, 0.6, 2000, 13),
  reviews(0.1, 400, 1, 500, 14),
  reviews(0.15, 1000, 1.3, 1000, 15),
  reviews(0.2, 600, 1, 1000, 16),
  reviews(0.3, 300, 1.3, 2000, 17),
  reviews(0.4, 500, 1.6, 2000, 18),
  reviews(0.25, 200, 1.6, 1000, 19),
  reviews(0.5, 300, 1, 1000, 20),
  drawn(DIGITS, 'digits', 0, 1000, 21),
  drawn(DIGITS, 'digits', 0.05, 500, 22),
  drawn(DIGITS, 'digits', 0.15, 1000, 23),
  drawn(DIGITS, 'digits', 0.3, 1000, 24),
  drawn(DIGITS, 'digits', 0.4, 1000, 25),
  drawn(DIGITS, 'digits', 0.02, 300, 26),
  drawn(IMAGES, 'images', 0, 500, 31),
  drawn(IMAGES, 'images', 0.1, 500, 32),
  imdb(300, 1000),
  imdb(1000, 2000),
  imdb(2000, 500),
  imdb(500, 2000),
  mnist(1000, 1),
  mnist(500, 2),
];

const heldOut = [
  reviews(0, 300, 1.3, 1000, 41),
  reviews(0.08, 700, 0.8, 2000, 42),
  reviews(0.2, 250, 1.3, 500, 43),
  reviews(0.35, 400, 1.3, 1000, 44),
  reviews(0.45, 600, 1.6, 2000, 45),
  drawn(DIGITS, 'digits', 0.01, 500, 46),
  drawn(DIGITS, 'digits', 0.1, 1000, 47),
  drawn(DIGITS, 'digits', 0.25, 500, 48),
  drawn(IMAGES, 'images', 0.05, 500, 49),
  imdb(700, 1000),
  imdb(1500, 2000),
  mnist(700, 3),
];

/** All worlds with their part. */
export const worlds = [
  ...calibration.map((world) => ({ ...world, part: 'calibration' })),
  ...heldOut.map((world) => ({ ...world, part: 'held-out' })),
];

/** Loads the data of a world, with all rows that any run needs. */
export async function loadWorld({ dataset, options, train, validation, oracle }) {
  const loaded = await datasets[dataset](options).load();
  return firstRows(loaded, { train, validation, test: oracle });
}

/** The same data set with the first so many rows of each split. */
export function firstRows(dataset, sizes) {
  const rows = Object.fromEntries(
    Object.entries(sizes).map(([split, count]) => [
      split,
      Uint32Array.from({ length: count }, (_, row) => row),
    ]),
  );
  return {
    ...dataset,
    sizes: { ...dataset.sizes, ...sizes },
    batches: (request) => dataset.batches({ ...request, rows: request.rows ?? rows[request.split] }),
  };
}
