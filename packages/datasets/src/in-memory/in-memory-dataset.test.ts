import { tensor1d } from '@tensorflow/tfjs-core';
import { disposeBatch, type Dataset } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { inMemoryDataset, type StoredRows } from './in-memory-dataset.js';

useBackend('cpu');

interface Asked {
  readonly read: number[][];
  readonly next: (Uint32Array | undefined)[];
  readonly forgotten: Uint32Array[];
}

function observed(count: number): { dataset: Dataset; asked: Asked } {
  const asked: Asked = { read: [], next: [], forgotten: [] };
  const train: StoredRows = {
    count,
    read(rows, next) {
      asked.read.push([...rows]);
      asked.next.push(next);
      return { inputs: tensor1d([...rows]), targets: tensor1d([...rows]) };
    },
    forget: (rows) => void asked.forgotten.push(rows),
  };
  const dataset = inMemoryDataset({
    ...{
      name: 'numbers',
      task: 'regression',
      inputKind: 'dense',
      inputShape: [1],
      targetShape: [1],
      outputs: 1,
    },
    provenance: { source: 'made up', sha256: {}, licence: 'CC0' },
    splits: { train },
  });
  return { dataset, asked };
}

test('each batch is named before it is read, by the same object', () => {
  const { dataset, asked } = observed(5);
  for (const batch of dataset.batches({ split: 'train', batchSize: 2 })) disposeBatch(batch);
  expect(asked.read).toEqual([[0, 1], [2, 3], [4]]);
  expect(asked.next.map((rows) => rows && [...rows])).toEqual([[2, 3], [4], undefined]);
  expect(asked.forgotten).toEqual([]);
});

test('what was named and is not read is given up', () => {
  const { dataset, asked } = observed(5);
  for (const batch of dataset.batches({ split: 'train', batchSize: 2 })) {
    disposeBatch(batch);
    break;
  }
  expect(asked.forgotten).toHaveLength(1);
  expect(asked.forgotten[0]).toBe(asked.next[0]);
});

test('no rows are no batches', () => {
  const { dataset, asked } = observed(5);
  expect([...dataset.batches({ split: 'train', batchSize: 2, rows: new Uint32Array(0) })]).toEqual([]);
  expect(asked.forgotten).toEqual([]);
});
