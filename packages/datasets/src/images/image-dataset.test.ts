import { disposeBatch, isMultiHot, type BatchRequest, type Dataset } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { errorOf } from '../error-of.test-support.js';
import { imageDataset, type ImageDatasetParts } from './image-dataset.js';

useBackend('cpu');

/** Three images of 1 x 2 pixels with two channels; image i holds 10 i, 10 i + 1, 10 i + 2, 10 i + 3. */
const parts: ImageDatasetParts = {
  name: 'three',
  provenance: { source: 'here', sha256: {}, licence: 'none' },
  classNames: ['zero', 'one', 'two'],
  shape: [1, 2, 2],
  scaling: 'none',
  splits: {
    train: {
      pixels: Uint8Array.of(0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23),
      labels: Uint8Array.of(2, 0, 1),
    },
  },
};

/** What a request gives, as plain arrays. */
function read(dataset: Dataset, request: BatchRequest): number[][][] {
  return [...dataset.batches(request)].map(({ inputs, targets, size }) => {
    if (isMultiHot(inputs)) throw new Error('expected dense inputs');
    expect(inputs.shape).toEqual([size, ...dataset.inputShape]);
    expect(targets.shape).toEqual([size, ...dataset.targetShape]);
    expect([inputs.dtype, targets.dtype]).toEqual(['float32', 'float32']);
    const found = [inputs, targets].map((values) => Array.from(values.dataSync()));
    disposeBatch({ inputs, targets, size });
    return found;
  });
}

test('describes itself', () => {
  expect(imageDataset(parts)).toMatchObject({
    name: 'three',
    task: 'classification',
    inputKind: 'dense',
    inputShape: [1, 2, 2],
    targetShape: [3],
    outputs: 3,
    classNames: ['zero', 'one', 'two'],
    sizes: { train: 3, validation: 0, test: 0 },
  });
});

test('gives one-hot targets, and the rows that are asked for in the order asked for', () => {
  expect(read(imageDataset(parts), { split: 'train', batchSize: 2, rows: Uint32Array.of(2, 0, 2) })).toEqual([
    [
      [20, 21, 22, 23, 0, 1, 2, 3],
      [0, 1, 0, 0, 0, 1],
    ],
    [
      [20, 21, 22, 23],
      [0, 1, 0],
    ],
  ]);
});

test('gives class numbers where sparse labels are asked for', () => {
  const dataset = imageDataset({ ...parts, labels: 'sparse' });
  expect(dataset).toMatchObject({ targetShape: [1], outputs: 3 });
  expect(read(dataset, { split: 'train', batchSize: 3 })[0][1]).toEqual([2, 0, 1]);
});

test('splits may be rows of the same images, and take mean and deviation from the training rows', () => {
  const { train } = parts.splits;
  const dataset = imageDataset({
    ...parts,
    scaling: 'standardize-channels',
    labels: 'sparse',
    splits: {
      train: { ...train, rows: Uint32Array.of(0) },
      validation: { ...train, rows: Uint32Array.of(1, 2) },
    },
  });
  expect(dataset.sizes).toEqual({ train: 1, validation: 2, test: 0 });
  // The training image has 0 and 2 in the first channel, 1 and 3 in the second: means 1 and 2, deviations 1.
  expect(read(dataset, { split: 'train', batchSize: 1 })).toEqual([[[-1, -1, 1, 1], [2]]]);
  expect(read(dataset, { split: 'validation', batchSize: 1, rows: Uint32Array.of(1) })).toEqual([
    [[19, 19, 21, 21], [1]],
  ]);
});

test('scales to 0..1 by default', () => {
  const [[inputs]] = read(imageDataset({ ...parts, scaling: undefined }), { split: 'train', batchSize: 3 });
  expect(inputs[11]).toBe(Math.fround(23 / 255));
});

test.each<[string, Partial<ImageDatasetParts['splits']['train']>, string]>([
  [
    'a cut image',
    { pixels: new Uint8Array(11) },
    'has 11 bytes and 3 labels; images of 1 x 2 x 2 take 12 bytes',
  ],
  [
    'a label out of range',
    { labels: Uint8Array.of(0, 3, 0) },
    'has the label 3; with 3 classes they go to 2',
  ],
  ['a row that is not there', { rows: Uint32Array.of(0, 3) }, 'names the row 3 of 3'],
])('refuses %s', (_, change, message) => {
  const splits = { train: parts.splits.train, test: { ...parts.splits.train, ...change } };
  const error = errorOf(() => imageDataset({ ...parts, splits }));
  expect(error).toMatchObject({ code: 'bad-data' });
  expect((error as Error).message).toBe(`[dataset three] the test split ${message}`);
});

test('refuses a split that is not there', () => {
  const error = errorOf(() => imageDataset(parts).batches({ split: 'test', batchSize: 1 }));
  expect(error).toMatchObject({ code: 'bad-request' });
});
