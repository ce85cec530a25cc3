import { memory, ones, tensor2d, train, type Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { randomStream } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { dropout } from '../dropout.js';
import { l2 } from '../l2.js';
import { noiseLayer } from './noise-layer.js';

useBackend('wasm');

const dropoutModel = (seed: number): tf.Sequential =>
  tf.sequential({ layers: [noiseLayer(tf.layers, dropout(0.5), { seed, inputShape: [8] })] });

/** What the model gives for ones. */
function output(model: tf.LayersModel, training: boolean): number[] {
  const x = ones([2, 8]);
  const y = model.apply(x, { training }) as Tensor;
  const values = [...y.dataSync()];
  [x, y].forEach((used) => used.dispose());
  return values;
}

test('drops afresh in each step, the same for the same seed, as training in wellfit does', () => {
  const [first, again, other] = [dropoutModel(7), dropoutModel(7), dropoutModel(8)];
  const steps = [output(first, true), output(first, true)];
  expect(steps[0]).not.toEqual(steps[1]);
  expect([output(again, true), output(again, true)]).toEqual(steps);
  expect(output(other, true)).not.toEqual(steps[0]);
  const stream = randomStream(7, 'noise/dropout/dropout/1');
  expect(steps[0]).toEqual(steps[0].map(() => (stream.uniform() >= 0.5 ? 2 : 0)));
  [first, again, other].forEach((model) => model.dispose());
});

test('does nothing in inference', () => {
  const model = dropoutModel(7);
  expect(output(model, false)).toEqual(new Array(16).fill(1));
  model.dispose();
});

test('fit replays from the seed', async () => {
  const losses = async (): Promise<unknown> => {
    const before = memory().numTensors;
    const kernelInitializer = tf.initializers.ones();
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 6, inputShape: [2], kernelInitializer }),
        noiseLayer(tf.layers, dropout(0.3), { name: 'first' }),
        noiseLayer(tf.layers, dropout(0.3), { name: 'second' }),
        tf.layers.dense({ units: 1, kernelInitializer }),
      ],
    });
    const optimizer = train.sgd(0.0001);
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const x = tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const y = tensor2d([1, 2, 3], [3, 1]);
    const { history } = await model.fit(x, y, { epochs: 4, batchSize: 2, shuffle: false, verbose: 0 });
    [model, optimizer, x, y].forEach((used) => void used.dispose());
    expect(memory().numTensors).toBe(before);
    return history.loss;
  };
  const first = await losses();
  expect(new Set(first as number[]).size).toBe(4);
  expect(await losses()).toEqual(first);
});

test('is saved as a layer that does nothing', async () => {
  const model = dropoutModel(7);
  const json = model.toJSON() as string;
  const loaded = await tf.models.modelFromJSON({ modelTopology: JSON.parse(json) as object } as never);
  expect(loaded.layers.map((layer) => [layer.getClassName(), layer.name])).toContainEqual([
    'Activation',
    'dropout',
  ]);
  expect(output(loaded, true)).toEqual(new Array(16).fill(1));
  [model, loaded].forEach((used) => used.dispose());
});

test('a penalty is refused', () => {
  expect(() => noiseLayer(tf.layers, l2())).toThrow(/\[regularizer l2\] has no noise/);
});
