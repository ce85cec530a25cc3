import { disposeBatch } from '@wellfit/core';
import { describePlugin, useBackend } from '@wellfit/testing';
import { datasets } from '../datasets.js';
import { syntheticDigits } from './synthetic-digits.js';

useBackend('cpu');

describePlugin(datasets, 'synthetic-digits', {
  badOptions: [{ noise: 0.6 }, { trainRows: 0 }, { validation: 0 }, { scaling: 'unity' }, { rows: 10 }],
});

test('has the splits and shapes that were asked for', async () => {
  const dataset = await syntheticDigits({ trainRows: 300, testRows: 50, validation: 0.3, train: 0.5 }).load();
  expect(dataset).toMatchObject({
    task: 'classification',
    inputShape: [28, 28, 1],
    targetShape: [10],
    outputs: 10,
    sizes: { train: 105, validation: 90, test: 50 },
  });
  expect(dataset.classNames).toHaveLength(10);
  const [batch] = dataset.batches({ split: 'train', batchSize: 2 });
  expect(batch.targets.shape).toEqual([2, 10]);
  disposeBatch(batch);
});

test('takes every option of mnist', () => {
  const options = {
    validation: 0.3,
    train: 0.1,
    splitSeed: 2,
    scaling: 'standardize-channels',
    labels: 'sparse',
  } as const;
  expect(Object.keys(datasets['mnist'].plugin.options.parse({})).sort()).toEqual(Object.keys(options).sort());
  expect(() => syntheticDigits(options)).not.toThrow();
});

test('refuses a split that leaves nothing', async () => {
  const load = syntheticDigits({ trainRows: 20, validation: 20 }).load();
  await expect(load).rejects.toMatchObject({ code: 'bad-split' });
});

test('stops before it begins where it is told to', async () => {
  const load = syntheticDigits().load({ signal: AbortSignal.abort() });
  await expect(load).rejects.toMatchObject({ name: 'AbortError' });
});
