import { disposeBatch, isMultiHot, type Dataset } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { cifar10 } from './cifar10.js';

/** These read the real images: set WELLFIT_DATASETS to a folder or address that has cifar-10-binary.tar.gz. */
const realData = process.env.WELLFIT_DATASETS ? test : test.skip;

useBackend('cpu');

/** Mean and deviation by channel of all inputs of the training split, and the first labels. */
function measure(dataset: Dataset): { mean: number[]; deviation: number[]; labels: number[] } {
  const sum = [0, 0, 0];
  const squares = [0, 0, 0];
  const labels: number[] = [];
  for (const batch of dataset.batches({ split: 'train', batchSize: 1000 })) {
    if (isMultiHot(batch.inputs)) throw new Error('expected dense inputs');
    const values = batch.inputs.dataSync();
    for (let i = 0; i < values.length; i++) {
      sum[i % 3] += values[i];
      squares[i % 3] += values[i] ** 2;
    }
    labels.push(...batch.targets.dataSync().slice(0, 8));
    disposeBatch(batch);
  }
  const count = dataset.sizes.train * 1024;
  const mean = sum.map((value) => value / count);
  return { mean, deviation: squares.map((value, c) => Math.sqrt(value / count - mean[c] ** 2)), labels };
}

const rounded = (values: readonly number[]): string[] => values.map((value) => value.toFixed(4));

realData('has the published counts, first labels, means and deviations', async () => {
  const stages: string[] = [];
  const dataset = await cifar10({ labels: 'sparse' }).load({
    onProgress: ({ stage, done, total }) => stages.push(`${stage} ${done} of ${total}`),
  });
  expect(dataset).toMatchObject({
    inputShape: [32, 32, 3],
    targetShape: [1],
    outputs: 10,
    sizes: { train: 50_000, validation: 10_000, test: 0 },
  });
  expect(stages.at(-1)).toBe('decode 184380000 of 184380000');
  const { mean, deviation, labels } = measure(dataset);
  // By keras.datasets.cifar10 as well: frog, truck, truck, deer, automobile...
  expect(labels.slice(0, 8)).toEqual([6, 9, 9, 4, 1, 1, 2, 7]);
  expect(rounded(mean)).toEqual(['0.4914', '0.4822', '0.4465']);
  expect(rounded(deviation)).toEqual(['0.2470', '0.2435', '0.2616']);
});

realData('standardizes by the channels of the training split, in less than half a gigabyte', async () => {
  // Growth, since this process may have run other tests before.
  const before = process.memoryUsage().rss;
  let most = before;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage().rss);
  };
  const source = cifar10({ validation: 0.3, scaling: 'standardize-channels' });
  const dataset = await source.load({ onProgress: look });
  expect(dataset.sizes).toEqual({ train: 35_000, validation: 15_000, test: 10_000 });
  const { mean, deviation } = measure(dataset);
  look();
  mean.forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-4));
  deviation.forEach((value) => expect(Math.abs(value - 1)).toBeLessThan(1e-4));
  // The images alone take 184 MB; as float32 they would take 737.
  expect((most - before) / 1e6).toBeLessThan(500);
});
