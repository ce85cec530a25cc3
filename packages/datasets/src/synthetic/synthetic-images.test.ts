import { disposeBatch } from '@wellfit/core';
import { describePlugin, useBackend } from '@wellfit/testing';
import { datasets } from '../datasets.js';
import { syntheticImages } from './synthetic-images.js';

useBackend('cpu');

describePlugin(datasets, 'synthetic-images', {
  badOptions: [{ noise: 0.6 }, { trainRows: 0 }, { validation: 0 }, { scaling: 'unity' }, { rows: 10 }],
});

test('has the splits and shapes that were asked for', async () => {
  const dataset = await syntheticImages({ trainRows: 300, testRows: 50, validation: 0.3, train: 0.5 }).load();
  expect(dataset).toMatchObject({
    task: 'classification',
    inputShape: [32, 32, 3],
    targetShape: [10],
    outputs: 10,
    sizes: { train: 105, validation: 90, test: 50 },
  });
  expect(dataset.classNames).toHaveLength(10);
  const [batch] = dataset.batches({ split: 'train', batchSize: 2 });
  expect(batch.targets.shape).toEqual([2, 10]);
  disposeBatch(batch);
});

test('takes every option of cifar10', () => {
  const options = {
    validation: 0.3,
    train: 0.1,
    splitSeed: 2,
    scaling: 'standardize-channels',
    labels: 'sparse',
  } as const;
  expect(Object.keys(datasets['cifar10'].plugin.options.parse({})).sort()).toEqual(
    Object.keys(options).sort(),
  );
  expect(() => syntheticImages(options)).not.toThrow();
});

test('refuses a split that leaves nothing', async () => {
  const load = syntheticImages({ trainRows: 20, validation: 20 }).load();
  await expect(load).rejects.toMatchObject({ code: 'bad-split' });
});

test('stops before it begins where it is told to', async () => {
  const load = syntheticImages().load({ signal: AbortSignal.abort() });
  await expect(load).rejects.toMatchObject({ name: 'AbortError' });
});
