import { disposeBatch, isMultiHot } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { errorOf } from '../error-of.test-support.js';
import { denseDataset, type DenseDatasetParts } from './dense-dataset.js';

useBackend('cpu');

const flowers: DenseDatasetParts = {
  name: 'flowers',
  task: 'classification',
  inputShape: [2],
  classNames: ['rose', 'tulip', 'lily'],
  splits: { train: { inputs: Float32Array.of(0, 1, 10, 11, 20, 21), targets: [2, 0, 1] } },
};

test('serves arrays in batches', () => {
  const dataset = denseDataset(flowers);
  expect(dataset).toMatchObject({
    inputShape: [2],
    targetShape: [1],
    outputs: 3,
    sizes: { train: 3, test: 0 },
  });
  const read = [...dataset.batches({ split: 'train', batchSize: 2, rows: Uint32Array.of(2, 0, 1) })].map(
    (batch) => {
      if (isMultiHot(batch.inputs)) throw new Error('expected dense inputs');
      const found = [batch.inputs, batch.targets].map((values) => [
        values.shape,
        Array.from(values.dataSync()),
      ]);
      disposeBatch(batch);
      return found;
    },
  );
  expect(read).toEqual([
    [
      [
        [2, 2],
        [20, 21, 0, 1],
      ],
      [
        [2, 1],
        [1, 2],
      ],
    ],
    [
      [
        [1, 2],
        [10, 11],
      ],
      [[1, 1], [0]],
    ],
  ]);
});

test.each<[Partial<DenseDatasetParts>, number]>([
  [{}, 3],
  [{ classNames: undefined, outputs: 5 }, 5],
  [
    {
      classNames: undefined,
      targetShape: [3],
      splits: { train: { inputs: Float32Array.of(0, 1), targets: [0, 0, 1] } },
    },
    3,
  ],
  [{ task: 'binary-classification' }, 1],
  [
    {
      task: 'regression',
      targetShape: [3],
      splits: { train: { inputs: new Float32Array(2), targets: [1, 2, 3] } },
    },
    3,
  ],
])('%j has the width %i', (change, outputs) => {
  expect(denseDataset({ ...flowers, ...change }).outputs).toBe(outputs);
});

test.each<[Partial<DenseDatasetParts>, string]>([
  [{ classNames: undefined }, '[dataset flowers] needs classNames, or outputs: the number of classes'],
  [
    { splits: { train: { inputs: new Float32Array(5), targets: [1, 2] } } },
    '[dataset flowers] the train split has 5 input and 2 target values; a row takes 2 and 1',
  ],
  [{ splits: { ...flowers.splits, test: { inputs: new Float32Array(4), targets: [1] } } }, 'the test split'],
])('refuses %j', (change, message) => {
  const error = errorOf(() => denseDataset({ ...flowers, ...change }));
  expect(error).toMatchObject({ code: 'bad-data' });
  expect((error as Error).message).toContain(message);
});
