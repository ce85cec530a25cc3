import { adam, modelShapes, randomStreams, rmsprop, train, type Dataset } from '@wellfit/core';
import { syntheticDigits, syntheticReviews } from '@wellfit/datasets';
import { cnn, mlp } from '@wellfit/models';
import { dropout, l2 } from '@wellfit/regularizers';
import { filter, lastValueFrom, map, toArray } from 'rxjs';
import { startAfresh, stop } from '../start-afresh.test-support.js';

type Setting = Pick<Parameters<typeof train>[0], 'optimizer' | 'regularizers' | 'batchSize'>;

const digits = syntheticDigits({ trainRows: 400, testRows: 100 }).load();
const reviews = syntheticReviews({ train: 600, validation: 200 }).load();

const trainings: Readonly<Record<string, () => Promise<string[]>>> = {
  'an MLP with batch normalization and dropout': async () =>
    digests(await digits, mlp({ units: [64, 32], normalization: 'batch' }), {
      optimizer: adam(),
      regularizers: [dropout(0.2)],
      batchSize: 100,
    }),
  'a CNN with dropout': async () =>
    digests(await digits, cnn({ blocks: [[8, 8], [16]], dense: [32] }), {
      optimizer: adam(),
      regularizers: [dropout(0.2)],
      batchSize: 32,
    }),
  'multi-hot rows with weight decay': async () =>
    digests(await reviews, mlp({ units: [64, 16] }), {
      optimizer: rmsprop(),
      regularizers: [l2(0.001)],
      batchSize: 200,
    }),
};

/** SHA-256 of the weights and of the optimizer's state after each of three epochs. */
async function digests(
  dataset: Dataset,
  preset: ReturnType<typeof mlp>,
  setting: Setting,
): Promise<string[]> {
  const model = preset.build(modelShapes(dataset), randomStreams(1));
  try {
    return await lastValueFrom(
      train({ ...setting, model, dataset, epochs: 3, seed: 1 }).pipe(
        filter((event) => event.type === 'epoch:end'),
        map(({ digest }) => digest),
        toArray(),
      ),
    );
  } finally {
    model.dispose();
  }
}

afterAll(stop);

const expected = new Map<string, string[]>();

describe('1 thread on a heap of its own', () => {
  beforeAll(() => startAfresh({ threads: 1 }, false));
  test.each(Object.keys(trainings))('%s', async (name) => {
    const found = await trainings[name]();
    expected.set(name, found);
    expect(new Set(found).size).toBe(3);
    expect(await trainings[name]()).toEqual(found);
  });
});

describe.each([2, 3])('%i threads on a shared heap', (threads) => {
  let divided = 0;
  beforeAll(async () => {
    const { host, ...kernels } = await startAfresh({ threads });
    expect(kernels).toMatchObject({ active: true, threads, numerics: 'exact' });
    const { crew } = host;
    const run = crew!.run.bind(crew);
    crew!.run = (...job) => {
      divided += 1;
      run(...job);
    };
  });
  test.each(Object.keys(trainings))('%s: the same digests', async (name) => {
    divided = 0;
    expect(await trainings[name]()).toEqual(expected.get(name));
    expect(divided).toBeGreaterThan(20);
  });
});

describe('fast numerics', () => {
  beforeAll(async () =>
    expect(await startAfresh({ threads: 2, numerics: 'fast' })).toMatchObject({ numerics: 'fast' }),
  );
  test.each(Object.keys(trainings))('%s: the same digests each time', async (name) => {
    const found = await trainings[name]();
    expect(await trainings[name]()).toEqual(found);
  });
});
