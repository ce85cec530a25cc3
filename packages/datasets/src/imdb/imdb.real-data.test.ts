import { createHash } from 'node:crypto';
import { isMultiHot, multiHotRows, shareLoads, type Dataset, type Split } from '@wellfit/core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import type { LabeledReviews } from './encode-reviews.js';
import { imdb } from './imdb.js';
import type { ImdbOptions } from './imdb-options.js';
import { loadImdbSequences } from './load-imdb-sequences.js';

/** These read the real reviews: set WELLFIT_DATASETS to a folder or address that has imdb.npz. */
const realData = process.env.WELLFIT_DATASETS ? test : test.skip;

useBackend('cpu');

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

function hashes({ words, labels }: LabeledReviews): [rows: number, words: string, labels: string] {
  const { buffer, byteOffset, byteLength } = words.values;
  return [labels.length, hash(new Uint8Array(buffer, byteOffset, byteLength)), hash(labels)];
}

// By Keras 3.15.1 from the same file: (x, y), (x_test, y_test) = keras.datasets.imdb.load_data(...), then the SHA-256
// of all rows as little-endian int32, one after the other, and of the labels as bytes.
const ALL_LABELS = ['badd67404bc50cb6', '9e7042191d5d9d5a'];
realData.each<[ImdbOptions, number[], string[], string[]]>([
  [{ numWords: 10_000 }, [25_000, 25_000], ['092cd3b8c48a2d83', '13cb293a750020a1'], ALL_LABELS],
  [
    { numWords: 10_000, maxLength: 200 },
    [14_244, 14_669],
    ['f7ebd05fbd4ba946', '3386331b7212198b'],
    ['3e300aa819a81b91', 'e6de52d1711733a8'],
  ],
  [{ numWords: null }, [25_000, 25_000], ['96723a3cb654f553', '924bb8dec6ba7b6c'], ALL_LABELS],
  [{ numWords: 1000, skipTop: 20 }, [25_000, 25_000], ['ed3efe225bf371c9', '4fa4612148bdee30'], ALL_LABELS],
  [
    { numWords: 5000, indexFrom: null, startChar: null },
    [25_000, 25_000],
    ['4d2e8522cd86367c', '4b46eca015286214'],
    ALL_LABELS,
  ],
  [
    { numWords: 500, skipTop: 50, oovChar: null },
    [25_000, 25_000],
    ['39a3bfd2e4d22f0b', '7a6375fa6d09ff6a'],
    ALL_LABELS,
  ],
  [
    { numWords: 2000, startChar: null, indexFrom: 5, seed: 7, maxLength: 100 },
    [2822, 3012],
    ['c72229d3d759b0a8', 'c1ab91790941c406'],
    ['daee6891e6fd88f1', '1058766b673ecd76'],
  ],
  [
    { numWords: 10_000, startChar: 7, oovChar: 9, indexFrom: 0, seed: 0 },
    [25_000, 25_000],
    ['85b992a38ecf7973', 'bd76bf1b3c0bc142'],
    ['aa281fa980493cb6', '2f13bad92fd466a4'],
  ],
])('reads the very words of Keras with %j', async (options, rows, words, labels) => {
  const { train, test } = await loadImdbSequences(options);
  expect(hashes(train)).toEqual([rows[0], words[0], labels[0]]);
  expect(hashes(test)).toEqual([rows[1], words[1], labels[1]]);
});

/** Number of ones, and the first row. */
function read(dataset: Dataset, split: Split): { ones: number; rows: number; first: number[] } {
  let ones = 0;
  let rows = 0;
  let first: number[] = [];
  for (const { inputs, targets } of dataset.batches({ split, batchSize: 512 })) {
    targets.dispose();
    if (!isMultiHot(inputs)) throw new Error('expected multi-hot inputs');
    if (rows === 0) first = [...inputs.indices.subarray(0, inputs.offsets[1])];
    rows += multiHotRows(inputs);
    ones += inputs.indices.length;
  }
  return { ones, rows, first };
}

realData('gives multi-hot rows, with the test reviews as validation set', async () => {
  const progress: string[] = [];
  const dataset = await imdb().load({ onProgress: ({ stage }) => progress.push(stage) });
  expect(dataset).toMatchObject({ inputShape: [10_000], targetShape: [1], outputs: 1 });
  expect(dataset.sizes).toEqual({ train: 25_000, validation: 25_000, test: 0 });
  expect(progress).toContain('decode');
  await expectNoLeak(() => {
    const { ones, rows, first } = read(dataset, 'train');
    expect([ones, rows, first.length]).toEqual([3_292_468, 25_000, 120]);
    expect(first).toEqual(expect.arrayContaining([1, 14, 22, 16, 43, 530, 973, 1622]));
  });
});

realData('takes the first training reviews as validation set', async () => {
  const whole = await imdb().load();
  const dataset = await imdb({ validation: 10_000 }).load();
  expect(dataset.sizes).toEqual({ train: 15_000, validation: 10_000, test: 25_000 });
  await expectNoLeak(() => {
    const validation = read(dataset, 'validation');
    expect(validation.first).toEqual(read(whole, 'train').first);
    expect(validation.ones + read(dataset, 'train').ones).toBe(3_292_468);
    const [row] = whole.batches({ split: 'train', batchSize: 1, rows: Uint32Array.of(10_000) });
    row.targets.dispose();
    expect(row.inputs).toMatchObject({ indices: Int32Array.from(read(dataset, 'train').first) });
  });
});

realData('takes a share for validation, and trains on a share of the rest', async () => {
  const counted = await imdb({ validation: 10_000 }).load();
  const dataset = await imdb({ validation: 0.4, train: 0.1 }).load();
  expect(dataset.sizes).toEqual({ train: 1500, validation: 10_000, test: 25_000 });
  expect(read(dataset, 'validation')).toEqual(read(counted, 'validation'));
  expect(read(dataset, 'train').first).not.toEqual(read(counted, 'train').first);
  expect((await imdb({ validation: null, train: 2000 }).load()).sizes).toEqual({
    train: 2000,
    validation: 0,
    test: 25_000,
  });
});

realData('refuses a validation set that leaves nothing to train on', async () => {
  // Only 14,244 training reviews are shorter than 200 words.
  await expect(imdb({ maxLength: 200, validation: 20_000 }).load()).rejects.toMatchObject({
    code: 'bad-split',
  });
});

realData('without a number of words is as wide as the largest word', async () => {
  expect((await imdb({ numWords: null }).load()).inputShape).toEqual([88_587]);
});

realData(
  'decodes reviews once for datasets that share them, and only where they are encoded alike',
  async () => {
    let decoded = 0;
    const share = shareLoads();
    const load = (options: ImdbOptions) =>
      imdb(options).load({ share, onProgress: ({ done }) => (decoded += done === 0 ? 1 : 0) });
    const small = await load({ numWords: 1000, train: 0.01 });
    const all = await load({ numWords: 1000 });
    expect([small.sizes.train, all.sizes.train, decoded]).toEqual([250, 25_000, 1]);
    expect((await load({ numWords: 500 })).inputShape).toEqual([500]);
    expect(decoded).toBe(2);
  },
);
