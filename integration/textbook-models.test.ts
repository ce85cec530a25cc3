/**
 * Textbook models train to the same losses on every backend: plain JavaScript is the oracle, wasm with the training
 * kernels is what runs, stock wasm stands between where it can train the model at all.
 *
 * One file and in this order, since the kernels stay registered once they are.
 */
import { adam, modelShapes, randomStreams, rmsprop, train, type Dataset, type Logs } from '@wellfit/core';
import { syntheticDigits, syntheticReviews } from '@wellfit/datasets';
import { cnn, mlp } from '@wellfit/models';
import { dropout, l2 } from '@wellfit/regularizers';
import { useBackend } from '@wellfit/testing';
import { filter, lastValueFrom, map, toArray } from 'rxjs';

const EPOCHS = 3;

/**
 * How far losses may differ, relatively. Sums are rounded in another order, and training magnifies that from step to
 * step: measured at most 2e-5 after three epochs, with Adam, whose first steps do not depend on the size of a gradient.
 */
const TOLERANCE = 2e-4;

const reviews = syntheticReviews({ numWords: 300, train: 1200, validation: 300 }).load();
const digits = syntheticDigits({ trainRows: 600, testRows: 150 }).load();
// Few: a convolution takes plain JavaScript seconds for what the kernels do in milliseconds.
const fewDigits = syntheticDigits({ trainRows: 32, testRows: 8 }).load();

const models: Readonly<Record<string, () => Promise<number[]>>> = {
  'reviews, 16-16-1, RMSprop, weight decay': async () =>
    losses(await reviews, {
      preset: mlp({ units: [16, 16] }),
      optimizer: rmsprop(),
      regularizers: [l2(0.001)],
      batchSize: 100,
    }),
  'digits, batch normalization and dropout, Adam': async () =>
    losses(await digits, {
      preset: mlp({ units: [64, 32], normalization: 'batch', initializer: 'he-normal' }),
      optimizer: adam(),
      regularizers: [dropout(0.2)],
      batchSize: 50,
    }),
  'digits, convolutions and pooling, Adam': async () =>
    losses(await fewDigits, {
      preset: cnn({ blocks: [[4], [6]], dense: [16] }),
      optimizer: adam({ learningRate: 0.005 }),
      regularizers: [dropout(0.2)],
      batchSize: 8,
    }),
};

const [convolutional] = Object.keys(models).slice(-1);
const expected = new Map<string, number[]>();

describe('cpu', () => {
  useBackend('cpu');
  test.each(Object.keys(models))('%s: the losses fall', async (name) => {
    const values = await models[name]();
    expected.set(name, values);
    expect(values).toHaveLength(4 * EPOCHS);
    expect(values.at(-4)).toBeLessThan(values[0]);
  });
});

describe('stock wasm', () => {
  useBackend('stock-wasm');
  test.each(Object.keys(models).filter((name) => name !== convolutional))('%s', async (name) => {
    expectClose(await models[name](), expected.get(name)!);
  });
});

describe('wasm with the training kernels', () => {
  useBackend('wasm');
  test.each(Object.keys(models))('%s', async (name) => {
    const values = await models[name]();
    expectClose(values, expected.get(name)!);
    // And again, with the same bits.
    expect(await models[name]()).toEqual(values);
  });
});

type Setting = Pick<Parameters<typeof train>[0], 'optimizer' | 'regularizers' | 'batchSize'> & {
  readonly preset: ReturnType<typeof mlp>;
};

/** Four losses of each epoch: with and without penalty, of the training and of the validation rows. */
async function losses(dataset: Dataset, { preset, ...setting }: Setting): Promise<number[]> {
  const model = preset.build(modelShapes(dataset), randomStreams(1));
  try {
    const logs = await lastValueFrom(
      train({ ...setting, model, dataset, epochs: EPOCHS }).pipe(
        filter((event) => event.type === 'epoch:end'),
        map((event): Logs => event.logs),
        toArray(),
      ),
    );
    return logs.flatMap(({ loss, data_loss, train_loss, val_loss }) => [
      loss,
      data_loss,
      train_loss,
      val_loss,
    ]);
  } finally {
    model.dispose();
    setting.optimizer.dispose();
  }
}

function expectClose(values: readonly number[], oracle: readonly number[]): void {
  const worst = Math.max(...values.map((value, i) => Math.abs(value - oracle[i]) / oracle[i]));
  expect(values).toHaveLength(oracle.length);
  expect(worst).toBeLessThan(TOLERANCE);
}
