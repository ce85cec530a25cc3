import { disposeBatch, isMultiHot, type Dataset, type Split } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { mnist, type MnistOptions } from './mnist.js';

/** These read the real digits: set WELLFIT_DATASETS to a folder or address that has the four files of MNIST. */
const realData = process.env.WELLFIT_DATASETS ? test : test.skip;

useBackend('cpu');

function read(dataset: Dataset, split: Split): { labels: number[]; mean: number; deviation: number } {
  const labels: number[] = [];
  let sum = 0;
  let squares = 0;
  for (const batch of dataset.batches({ split, batchSize: 1000 })) {
    if (isMultiHot(batch.inputs)) throw new Error('expected dense inputs');
    for (const value of batch.inputs.dataSync()) {
      sum += value;
      squares += value * value;
    }
    labels.push(...batch.targets.dataSync());
    disposeBatch(batch);
  }
  const count = dataset.sizes[split] * 784;
  return { labels, mean: sum / count, deviation: Math.sqrt(squares / count - (sum / count) ** 2) };
}

const load = (options: MnistOptions): Promise<Dataset> => mnist({ labels: 'sparse', ...options }).load();

realData('has the published counts, first labels, mean and deviation', async () => {
  const dataset = await load({});
  expect(dataset).toMatchObject({
    inputShape: [28, 28, 1],
    sizes: { train: 60_000, validation: 10_000, test: 0 },
    provenance: {
      sha256: {
        't10k-labels-idx1-ubyte.gz': 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
      },
    },
  });
  const { labels, mean, deviation } = read(dataset, 'train');
  expect(labels.slice(0, 5)).toEqual([5, 0, 4, 1, 9]);
  expect([mean.toFixed(4), deviation.toFixed(4)]).toEqual(['0.1307', '0.3081']);
  expect(read(dataset, 'validation').labels.slice(0, 5)).toEqual([7, 2, 1, 0, 4]);
});

realData('splits the training digits and standardizes by those that are left', async () => {
  const dataset = await load({ validation: 10_000, train: 0.01, scaling: 'standardize' });
  expect(dataset.sizes).toEqual({ train: 500, validation: 10_000, test: 10_000 });
  const { mean, deviation, labels } = read(dataset, 'train');
  expect(Math.abs(mean)).toBeLessThan(1e-4);
  expect(Math.abs(deviation - 1)).toBeLessThan(1e-4);
  expect(new Set(labels).size).toBe(10);
  expect(Math.abs(read(dataset, 'validation').mean)).toBeGreaterThan(1e-4);
});

realData('one-hot and sparse labels say the same', async () => {
  const [sparse] = (await load({})).batches({ split: 'train', batchSize: 5 });
  const [oneHot] = (await load({ labels: 'one-hot' })).batches({ split: 'train', batchSize: 5 });
  const ids = [...sparse.targets.dataSync()];
  expect([...oneHot.targets.dataSync()]).toEqual(
    ids.flatMap((id) => Array.from({ length: 10 }, (_, k) => +(k === id))),
  );
  disposeBatch(sparse);
  disposeBatch(oneHot);
});
