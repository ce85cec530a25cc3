import { isMultiHot, type BatchRequest } from '@wellfit/core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { errorOf } from '../error-of.test-support.js';
import { chooseRows, multiHotDataset, sliceRows, type MultiHotRows } from './multi-hot-dataset.js';

useBackend('cpu');

/** Row r has the ones r and r + 1, and the label r mod 2. */
const five: MultiHotRows = {
  inputs: {
    kind: 'multi-hot',
    indices: Int32Array.of(0, 1, 1, 2, 2, 3, 3, 4, 4, 5),
    offsets: Int32Array.of(0, 2, 4, 6, 8, 10),
    width: 6,
  },
  labels: Uint8Array.of(0, 1, 0, 1, 0),
};
const dataset = multiHotDataset({
  name: 'five',
  provenance: { source: 'here', sha256: {}, licence: 'none' },
  splits: { train: five, validation: sliceRows(five, 2, 4) },
});

/** What a request gives, as plain arrays. */
function read(request: BatchRequest): { rows: number[][]; labels: number[]; size: number }[] {
  return [...dataset.batches(request)].map(({ inputs, targets, size }) => {
    if (!isMultiHot(inputs)) throw new Error('expected multi-hot inputs');
    expect(targets.shape).toEqual([size, 1]);
    expect(targets.dtype).toBe('float32');
    const rows = Array.from({ length: size }, (_, r) => [
      ...inputs.indices.subarray(inputs.offsets[r], inputs.offsets[r + 1]),
    ]);
    const labels = [...targets.dataSync()];
    targets.dispose();
    return { rows, labels, size };
  });
}

test('describes itself', () => {
  expect(dataset).toMatchObject({
    name: 'five',
    task: 'binary-classification',
    inputKind: 'multi-hot',
    inputShape: [6],
    targetShape: [1],
  });
  expect(dataset.sizes).toEqual({ train: 5, validation: 2, test: 0 });
});

test('reads all rows in their order; the last batch is smaller', async () => {
  await expectNoLeak(() => {
    expect(read({ split: 'train', batchSize: 3 })).toEqual([
      {
        size: 3,
        labels: [0, 1, 0],
        rows: [
          [0, 1],
          [1, 2],
          [2, 3],
        ],
      },
      {
        size: 2,
        labels: [1, 0],
        rows: [
          [3, 4],
          [4, 5],
        ],
      },
    ]);
  });
});

test('reads the rows that are asked for, in the order asked for, any number of times', async () => {
  await expectNoLeak(() => {
    const request: BatchRequest = { split: 'train', batchSize: 10, rows: Uint32Array.of(3, 0, 3) };
    const expected = [
      {
        size: 3,
        labels: [1, 0, 1],
        rows: [
          [3, 4],
          [0, 1],
          [3, 4],
        ],
      },
    ];
    expect(read(request)).toEqual(expected);
    expect(read(request)).toEqual(expected);
  });
});

test('reads a slice as if it were a dataset of its own', () => {
  expect(read({ split: 'validation', batchSize: 2 })).toEqual([
    {
      size: 2,
      labels: [0, 1],
      rows: [
        [2, 3],
        [3, 4],
      ],
    },
  ]);
});

test('reads chosen rows as if they were a dataset of their own', () => {
  const chosen = chooseRows(five, Uint32Array.of(4, 1));
  expect(chosen.inputs).toMatchObject({
    indices: Int32Array.of(4, 5, 1, 2),
    offsets: Int32Array.of(0, 2, 4),
  });
  expect(chosen.labels).toEqual(Uint8Array.of(0, 1));
});

test.each<[string, BatchRequest, string]>([
  ['a split that is not there', { split: 'test', batchSize: 1 }, 'has no test split'],
  ['an empty batch', { split: 'train', batchSize: 0 }, 'batch size must be at least 1, got 0'],
  ['half a row', { split: 'train', batchSize: 1.5 }, 'batch size'],
  [
    'a row that is not there',
    { split: 'train', batchSize: 1, rows: Uint32Array.of(5) },
    'row 5 does not exist',
  ],
])('refuses %s before the first batch', (_, request, message) => {
  expect(errorOf(() => dataset.batches(request))).toMatchObject({ code: 'bad-request' });
  expect(() => dataset.batches(request)).toThrow(message);
});
