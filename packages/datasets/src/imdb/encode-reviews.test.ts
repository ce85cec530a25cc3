import { errorOf } from '../error-of.test-support.js';
import { toIntRows } from '../multi-hot/int-rows.js';
import { encodeReviews, type LabeledReviews, type ReviewPart } from './encode-reviews.js';
import { imdbOptions, type ImdbOptions } from './imdb-options.js';

/** Reviews whose label tells which one it is. */
function reviews(rows: readonly (readonly number[])[]): LabeledReviews {
  const offsets = Int32Array.from({ length: rows.length + 1 }, (_, r) => rows.slice(0, r).flat().length);
  return { words: { values: Int32Array.from(rows.flat()), offsets }, labels: Uint8Array.from(rows.keys()) };
}

const raw: Record<ReviewPart, LabeledReviews> = {
  train: reviews([[1, 5, 9], [2], [3, 3, 3, 3], [20, 1]]),
  test: reviews([[7], [8, 30]]),
};

interface Result {
  readonly rows: number[][];
  readonly labels: number[];
  readonly width: number;
}

function encode(options: ImdbOptions): Record<ReviewPart, Result> {
  return encodeReviews(
    (part) => raw[part],
    imdbOptions.parse(options),
    ({ words, labels, width }) => {
      const { values, offsets } = toIntRows(words);
      const rows = Array.from(labels, (_, r) => [...values.subarray(offsets[r], offsets[r + 1])]);
      return { rows, labels: [...labels], width };
    },
  );
}

// NumPy 2.4.6 with seed 113 turns arange(4) into [3, 2, 0, 1] and then arange(2) into [1, 0].
test('shuffles, marks the start and shifts by three', () => {
  const { train, test } = encode({ numWords: 100 });
  expect(train.labels).toEqual([3, 2, 0, 1]);
  expect(test.labels).toEqual([1, 0]);
  expect(train.rows[train.labels.indexOf(0)]).toEqual([1, 4, 8, 12]);
  expect(test.rows[test.labels.indexOf(1)]).toEqual([1, 11, 33]);
  expect(train.width).toBe(100);
});

test('replaces rare and frequent words, the start marker too', () => {
  expect(row(encode({ numWords: 12, skipTop: 5 }))).toEqual([2, 2, 8, 2]);
});

test('drops them where there is no marker for them', () => {
  expect(row(encode({ numWords: 12, skipTop: 5, oovChar: null }))).toEqual([8]);
});

test('leaves ids as they are without start marker and shift', () => {
  expect(row(encode({ startChar: null, indexFrom: null, numWords: 100 }))).toEqual([1, 5, 9]);
});

test('removes reviews that are not shorter than maxLength, the start marker counted', () => {
  expect(encode({ maxLength: 4 }).train.labels.sort()).toEqual([1, 3]);
  expect(encode({ maxLength: 4, startChar: null }).train.labels.sort()).toEqual([0, 1, 3]);
});

test('says so where maxLength removes them all', () => {
  expect(errorOf(() => encode({ maxLength: 1 }))).toMatchObject({ code: 'no-reviews' });
});

test('without numWords takes the largest id as the limit, as Keras does: that id itself is replaced', () => {
  const { train, test } = encode({ numWords: null });
  // 30 + 3 is the largest.
  expect(test.rows[test.labels.indexOf(1)]).toEqual([1, 11, 2]);
  expect(train.rows[train.labels.indexOf(3)]).toEqual([1, 23, 4]);
  expect([train.width, test.width]).toEqual([33, 33]);
});

test('without numWords leaves room for a large out-of-vocabulary id', () => {
  expect(encode({ numWords: null, oovChar: 500 }).train.width).toBe(501);
});

/** The first raw review, wherever it went. */
function row({ train }: Record<ReviewPart, Result>): number[] {
  return train.rows[train.labels.indexOf(0)];
}
