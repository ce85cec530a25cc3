import { definePlugin, type DatasetSource, type Provenance } from '@wellfit/core';
import {
  chooseRows,
  multiHotDataset,
  multiHotShapes,
  sliceRows,
  type MultiHotDatasetParts,
  type MultiHotRows,
} from '../multi-hot/multi-hot-dataset.js';
import { toMultiHot } from '../multi-hot/to-multi-hot.js';
import { shared } from '../shared.js';
import type { SplitSettings } from '../splits/split-options.js';
import { splitRows } from '../splits/split-rows.js';
import type { ReviewPart } from './encode-reviews.js';
import { imdbFile } from './imdb-file.js';
import { imdbOptions } from './imdb-options.js';
import { loadReviews } from './load-reviews.js';

const provenance: Provenance = {
  source: imdbFile.urls[0],
  sha256: { [imdbFile.name]: imdbFile.sha256 },
  licence: 'No formal licence: the authors ask to be cited. The texts belong to their writers.',
  citation:
    'Maas, Daly, Pham, Huang, Ng, Potts: Learning Word Vectors for Sentiment Analysis. ACL 2011, pages 142-150.',
};

const classNames = ['negative', 'positive'] as const;

/**
 * 50,000 movie reviews, positive or negative (Maas et al. 2011), in the encoding, with the options and in the order of
 * `keras.datasets.imdb.load_data`. Inputs are multi-hot: which of the `numWords` words occur in a review.
 *
 * With `validation: 'test'` the 25,000 test reviews are the validation set and there is no test set; with a number n
 * (or a share, such as 0.4) the first n training reviews are the validation set, and the test reviews are the test set.
 * `train` keeps a share or number of the remaining reviews, for learning curves.
 *
 * Downloads 17 MB on first use, see `fetchFile`. Loading throws DatasetError `bad-split` where a split leaves no
 * review, `no-reviews` where `maxLength` leaves none, as `fetchFile`, and for a damaged file as `readZipMember`,
 * `readNpy` and `readIntLists`.
 *
 * @example
 * const dataset = await imdb({ numWords: 10_000, validation: 10_000 }).load();
 */
export const imdb = definePlugin({
  kind: 'dataset',
  name: 'imdb',
  description: 'IMDB movie reviews, positive or negative, as Keras loads them; multi-hot words.',
  options: imdbOptions.prefault({}),
  create: (settings): DatasetSource => ({
    name: 'imdb',
    // All words are known only when they have been counted.
    ...(settings.numWords !== null && { shapes: multiHotShapes(settings.numWords) }),
    async load(context = {}) {
      const { validation, train, splitSeed, ...encoding } = settings;
      const parts = await shared(context, `${imdbFile.name} ${JSON.stringify(encoding)}`, () =>
        loadReviews(encoding, context, ({ words, labels, width }) => ({
          inputs: toMultiHot(words, width),
          labels,
        })),
      );
      const splits = assign(parts, { validation, train, splitSeed });
      return multiHotDataset({ name: 'imdb', provenance, classNames, splits });
    },
  }),
});

function assign(
  { train, test }: Record<ReviewPart, MultiHotRows>,
  { validation, train: used, splitSeed }: SplitSettings,
): MultiHotDatasetParts['splits'] {
  const split = splitRows({
    dataset: 'imdb',
    rows: train.labels.length,
    validation,
    train: used,
    splitSeed,
    validateOnFirst: true,
  });
  const held = split.validation?.length ?? 0;
  // All rows that remain stand one after the other, so that nothing need be copied.
  const fitted = used === 1 ? sliceRows(train, held, train.labels.length) : chooseRows(train, split.train);
  if (validation === 'test') return { train: fitted, validation: test };
  return { train: fitted, ...(held > 0 && { validation: sliceRows(train, 0, held) }), test };
}
