import { createHash } from 'node:crypto';
import { isMultiHot, type Batch, type Split } from '@wellfit/core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { syntheticReviews, type SyntheticReviewsOptions } from './synthetic-reviews.js';

useBackend('cpu');

async function readAll(
  options: SyntheticReviewsOptions,
  split: Split,
): Promise<{ rows: string[]; labels: number[] }> {
  const dataset = await syntheticReviews(options).load();
  const [batch]: Batch[] = [...dataset.batches({ split, batchSize: dataset.sizes[split] })];
  const { inputs, targets } = batch;
  if (!isMultiHot(inputs)) throw new Error('expected multi-hot inputs');
  const labels = [...targets.dataSync()];
  targets.dispose();
  const rows = labels.map((_, r) =>
    inputs.indices.subarray(inputs.offsets[r], inputs.offsets[r + 1]).join(' '),
  );
  return { rows, labels };
}

const small: SyntheticReviewsOptions = { train: 300, validation: 200, test: 100 };

test('has the splits and shapes that were asked for', async () => {
  const dataset = await syntheticReviews({ ...small, numWords: 300 }).load();
  expect(dataset.sizes).toEqual({ train: 300, validation: 200, test: 100 });
  expect(dataset).toMatchObject({
    task: 'binary-classification',
    inputShape: [300],
    targetShape: [1],
    outputs: 1,
  });
});

test.each<[SyntheticReviewsOptions, number, number, number]>([
  [{}, 8000, 4000, 1000],
  [{ train: 0.01 }, 80, 4000, 1000],
  [{ train: 2, validation: 1, test: 1 }, 2, 1, 1],
  [{ train: 10, validation: 0.25 }, 10, 2000, 1000],
  [{ train: 10, validation: 'test' }, 10, 1000, 0],
  [{ train: 10, validation: null }, 10, 0, 1000],
])('%j has %i, %i and %i reviews', async (options, train, validation, tested) => {
  const { sizes } = await syntheticReviews(options).load();
  expect(sizes).toEqual({ train, validation, test: tested });
});

test('a smaller training set is part of a larger one', async () => {
  const [few, more] = await Promise.all([0.01, 0.03].map((train) => readAll({ train }, 'train')));
  expect(more.rows.slice(0, 80)).toEqual(few.rows);
});

test('gives the same reviews for the same seed, others for another, and others in each split', async () => {
  await expectNoLeak(async () => {
    const first = await readAll(small, 'train');
    expect(await readAll(small, 'train')).toEqual(first);
    expect((await readAll({ ...small, seed: 2 }, 'train')).rows).not.toEqual(first.rows);
    const { rows } = await readAll(small, 'validation');
    expect(rows.filter((row) => first.rows.includes(row))).toEqual([]);
  });
});

test('never changes: results on these reviews stay comparable from version to version', async () => {
  const { rows, labels } = await readAll({}, 'test');
  const digest = createHash('sha256')
    .update(rows.join('\n'))
    .update(labels.join(''))
    .digest('hex')
    .slice(0, 16);
  expect(digest).toBe('eb53fb46258fe551');
});

test('does not change a split when another one changes its size', async () => {
  const first = await readAll(small, 'validation');
  expect(await readAll({ ...small, train: 17 }, 'validation')).toEqual(first);
});

test('has both labels about equally often, and about sixty distinct words a review', async () => {
  const { rows, labels } = await readAll({}, 'train');
  expect(labels).toHaveLength(8000);
  const positive = labels.filter((label) => label === 1).length;
  expect(positive).toBeGreaterThan(3800);
  expect(positive).toBeLessThan(4200);
  const words = rows.reduce((sum, row) => sum + row.split(' ').length, 0) / rows.length;
  expect(words).toBeGreaterThan(50);
  expect(words).toBeLessThan(70);
});

test('has something to learn where there is evidence, and nothing where there is none', async () => {
  // Words of validation reviews are weighed by how much more often they occur in positive training reviews.
  const accuracy = async (evidence: number): Promise<number> => {
    const train = await readAll({ evidence, noise: 0 }, 'train');
    const weights = new Map<string, number>();
    train.rows.forEach((row, r) => {
      for (const word of row.split(' '))
        weights.set(word, (weights.get(word) ?? 0) + train.labels[r] * 2 - 1);
    });
    const { rows, labels } = await readAll({ evidence, noise: 0 }, 'validation');
    const right = rows.filter((row, r) => {
      const score = row.split(' ').reduce((sum, word) => sum + (weights.get(word) ?? 0), 0);
      return score > 0 === (labels[r] === 1);
    });
    return right.length / rows.length;
  };
  expect(await accuracy(1)).toBeGreaterThan(0.62);
  expect(await accuracy(0)).toBeLessThan(0.54);
});

test('refuses options that make no sense', () => {
  expect(() => syntheticReviews({ noise: 0.6 })).toThrow('[dataset synthetic-reviews] noise');
  expect(() => syntheticReviews({ train: 0 })).toThrow('train');
});

test('stops before it begins where it is told to', async () => {
  const load = syntheticReviews().load({ signal: AbortSignal.abort() });
  await expect(load).rejects.toMatchObject({ name: 'AbortError' });
});
