import { fill, tidy } from '@tensorflow/tfjs-core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { lastValueFrom, toArray } from 'rxjs';
import type { Model } from '../contracts/model.js';
import { fromHooks } from '../callback-hooks.js';
import { sgd } from '../optimizers/index.js';
import { measureDistributions } from './distributions.js';
import { linearModel } from './test-support/linear-model.js';
import { noisyDataset } from './test-support/noisy-dataset.js';
import { train } from './train.js';

useBackend();

/** A linear model that shows its output. */
function watched(): Model {
  const model = linearModel(4);
  return {
    ...model,
    forward(inputs, context) {
      const logits = model.forward(inputs, context);
      context.watch?.('linear', logits);
      return logits;
    },
  };
}

test('counts every weight and activation once, with their mean and deviation', async () => {
  await expectNoLeak(() => {
    const model = watched();
    const { weights, activations } = measureDistributions(model, noisyDataset());
    const kernel = Array.from(model.weights[0].variable.dataSync());
    const mean = kernel.reduce((sum, x) => sum + x, 0) / 4;
    expect(weights.map(({ name }) => name)).toEqual(['linear/kernel', 'linear/bias']);
    expect(weights[0].counts.reduce((sum, n) => sum + n)).toBe(4);
    expect(weights[0].mean).toBeCloseTo(mean, 6);
    expect(weights[0].sd).toBeCloseTo(Math.sqrt(kernel.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4), 6);
    expect([weights[0].min, weights[0].max]).toEqual([Math.min(...kernel), Math.max(...kernel)]);
    // A bias of zeros has no width: all in the first bin.
    expect(weights[1]).toMatchObject({ min: 0, max: 0, sd: 0 });
    expect(weights[1].counts[0]).toBe(1);
    expect(activations).toHaveLength(1);
    expect(activations[0].counts.reduce((sum, n) => sum + n)).toBe(20);
    model.dispose();
    return Promise.resolve();
  });
});

test('leaves out what is not finite', () => {
  const model = watched();
  tidy(() => model.weights[0].variable.assign(fill([4, 1], Infinity)));
  expect(measureDistributions(model, noisyDataset())).toMatchObject({
    weights: [{ name: 'linear/bias' }],
    activations: [],
  });
  model.dispose();
});

test('a run tells them before training and after it, of the weights that were restored', async () => {
  const model = watched();
  const optimizer = sgd({ learningRate: 0.1 });
  const keepFirst = fromHooks({
    name: 'keep-first',
    onEpochEnd: (epoch, _, run) => epoch === 1 && run.keepWeights('first'),
    onTrainEnd: (_, run) => run.restoreWeights('first'),
  });
  const events = await lastValueFrom(
    train({
      model,
      dataset: noisyDataset(),
      optimizer,
      epochs: 2,
      batchSize: 16,
      distributions: true,
      callbacks: [keepFirst],
    }).pipe(toArray()),
  );
  const types = events.map(({ type }) => type).filter((type) => type !== 'step:end');
  const epoch = ['epoch:start', 'epoch:end'];
  expect(types).toEqual([
    ...['run:start', 'distributions', ...epoch, ...epoch],
    ...['training:end', 'distributions', 'run:end'],
  ]);
  const [before, after] = events.filter((event) => event.type === 'distributions');
  expect([before.epoch, after.epoch]).toEqual([0, 1]);
  expect(after.weights[0].mean).not.toBe(before.weights[0].mean);
  model.dispose();
  optimizer.dispose();
});
