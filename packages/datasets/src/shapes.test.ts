import type { DatasetSource } from '@wellfit/core';
import { datasets, imdb } from './index.js';

const small: Readonly<Record<string, object>> = {
  'synthetic-digits': { trainRows: 20, testRows: 5 },
  'synthetic-images': { trainRows: 20, testRows: 5 },
  'synthetic-reviews': { numWords: 60, train: 20, validation: 5, test: 1 },
};

test.each(Object.keys(small))('%s says before loading what its rows will be', async (name) => {
  const make = datasets[name as keyof typeof datasets] as (options: object) => DatasetSource;
  const source = make(small[name]);
  expect(source.shapes?.inputShape.length).toBeGreaterThan(0);
  expect(await source.load()).toMatchObject(source.shapes!);
});

test.each(['mnist', 'fashion-mnist', 'cifar10', 'imdb'] as const)('%s does so, too', (name) => {
  expect(datasets[name]().shapes).toEqual(
    {
      mnist: { task: 'classification', inputKind: 'dense', inputShape: [28, 28, 1], outputs: 10 },
      'fashion-mnist': { task: 'classification', inputKind: 'dense', inputShape: [28, 28, 1], outputs: 10 },
      cifar10: { task: 'classification', inputKind: 'dense', inputShape: [32, 32, 3], outputs: 10 },
      imdb: { task: 'binary-classification', inputKind: 'multi-hot', inputShape: [10_000], outputs: 1 },
    }[name],
  );
});

test('reviews with all words are as wide as there are words, which only loading tells', () => {
  expect(imdb({ numWords: null }).shapes).toBeUndefined();
});
