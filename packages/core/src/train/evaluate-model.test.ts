import { mul, square, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import type { Regularizer } from '../contracts/regularizer.js';
import { evaluateModel } from './evaluate-model.js';
import { predictRows } from './predict.js';
import { linearModel } from './test-support/linear-model.js';
import { noisyDataset } from './test-support/noisy-dataset.js';

useBackend();

const half: Regularizer = { name: 'half', penalty: (w: Tensor): Scalar => mul(sum(square(w)), 0.5) };

test('gives the loss with and without penalty, and the accuracy, of the very rows that are predicted', async () => {
  const model = linearModel(4);
  const dataset = noisyDataset();
  const options = { model, dataset, split: 'validation', batchSize: 7 } as const;
  const logs = await evaluateModel({ ...options, regularizers: [half] });

  const rows = [...predictRows(options)];
  expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 20 }, (_, row) => row));
  const mean = (of: (probability: number, target: number) => number): number =>
    rows.reduce((sum, { target, values }) => sum + of(values[0], target[0]), 0) / rows.length;
  expect(logs.data_loss).toBeCloseTo(
    mean((p, y) => -Math.log(y === 1 ? p : 1 - p)),
    5,
  );
  expect(logs.accuracy).toBeCloseTo(
    mean((p, y) => ((p > 0.5 ? 1 : 0) === y ? 1 : 0)),
    6,
  );
  const kernel = Array.from(model.weights[0].variable.dataSync());
  expect(logs.penalty).toBeCloseTo(kernel.reduce((sum, w) => sum + w * w, 0) / 2, 5);
  expect(logs.loss).toBeCloseTo(logs.data_loss + logs.penalty, 6);
  model.dispose();
});

test('predicts the rows asked for, in their order', () => {
  const model = linearModel(4);
  const options = { model, dataset: noisyDataset(), split: 'validation' } as const;
  const all = [...predictRows(options)];
  const chosen = [...predictRows({ ...options, rows: Uint32Array.of(5, 3, 19), batchSize: 2 })];
  expect(chosen.map(({ row }) => row)).toEqual([5, 3, 19]);
  chosen.forEach(({ row, values, target }) => {
    expect(values[0]).toBeCloseTo(all[row].values[0], 6);
    expect(target).toEqual(all[row].target);
  });
  model.dispose();
});

test('an empty split and a signal end it', async () => {
  const model = linearModel(4);
  const dataset = noisyDataset();
  await expect(evaluateModel({ model, dataset, split: 'test' })).rejects.toMatchObject({ code: 'no-rows' });
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(evaluateModel({ model, dataset, split: 'train', signal })).rejects.toThrow('enough');
  model.dispose();
});
