import { scalar, tensor2d, tidy, train, type io } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import type { Regularizer } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { dropout } from '../dropout.js';
import { l1 } from '../l1.js';
import { l1l2 } from '../l1l2.js';
import { l2 } from '../l2.js';
import { layerRegularizer } from './layer-regularizer.js';

useBackend('wasm');

/** One dense layer without bias, its kernel all 2 and -3. */
function modelWith(regularizer: Regularizer): tf.Sequential {
  const kernelRegularizer = layerRegularizer(regularizer);
  const layer = tf.layers.dense({ units: 1, inputShape: [2], useBias: false, kernelRegularizer });
  const model = tf.sequential({ layers: [layer] });
  tidy(() => model.setWeights([tensor2d([2, -3], [2, 1])]));
  return model;
}

/** Layer by layer: a model that was loaded knows of its penalties only once it is compiled. */
function penaltyOf({ layers }: tf.LayersModel): number {
  const losses = (): number[] =>
    layers.flatMap((layer) => layer.calculateLosses().map((loss) => loss.dataSync()[0]));
  let values: number[] = [];
  tidy(() => void (values = losses()));
  return values.reduce((sum, value) => sum + value, 0);
}

test.each([
  [l1(0.1), 0.5],
  [l2(0.1), 1.3],
  [l1l2({ l1: 0.1 }), 0.5],
])('acts in a stock layer: %j', (regularizer, expected) => {
  const model = modelWith(regularizer);
  expect(penaltyOf(model)).toBeCloseTo(expected, 5);
  model.dispose();
});

test('fit adds it to the loss and follows its gradient', async () => {
  const model = modelWith(l2(0.1));
  const optimizer = train.sgd(1);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const [x, y] = [tensor2d([[0, 0]]), tensor2d([[0]])];
  const { history } = await model.fit(x, y, { epochs: 1, verbose: 0 });
  expect(history.loss).toEqual([expect.closeTo(1.3)]);
  // w - 2 * 0.1 * w
  expect([...model.getWeights()[0].dataSync()]).toEqual([expect.closeTo(1.6), expect.closeTo(-2.4)]);
  [model, optimizer, x, y].forEach((used) => void used.dispose());
});

/** Saves a model and loads it again, as from a file. */
async function reloaded(model: tf.LayersModel): Promise<tf.LayersModel> {
  let saved: io.ModelArtifacts | undefined;
  await model.save({
    save: (artifacts) => {
      saved = artifacts;
      const modelArtifactsInfo = { dateSaved: new Date(0), modelTopologyType: 'JSON' as const };
      return Promise.resolve({ modelArtifactsInfo });
    },
  });
  return tf.loadLayersModel({ load: () => Promise.resolve(saved!) });
}

test('is saved as what TensorFlow.js and Keras know', async () => {
  const model = modelWith(l1(0.25));
  const topology = model.toJSON(null, false) as { config: { layers: { config: object }[] } };
  expect(topology.config.layers[0].config).toMatchObject({
    kernel_regularizer: { class_name: 'L1L2', config: { l1: 0.25, l2: 0 } },
  });
  const again = await reloaded(model);
  expect(penaltyOf(again)).toBeCloseTo(1.25, 5);
  [model, again].forEach((used) => used.dispose());
});

test('a penalty of somebody else is saved by name, and says so when it is missed', async () => {
  const constant: Regularizer = { name: 'constant', penalty: () => scalar(3) };
  const model = modelWith(constant);
  expect(penaltyOf(model)).toBe(3);
  await expect(reloaded(model)).rejects.toThrow(/regularizer constant by its name only/);
  model.dispose();
});

test('noise is refused', () => {
  expect(() => layerRegularizer(dropout(0.5))).toThrow(/\[regularizer dropout\] has no penalty/);
});
