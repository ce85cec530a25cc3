import {
  memory,
  sigmoid,
  softmax,
  tensor,
  tensor2d,
  tidy,
  train as tfTrain,
  type Tensor,
} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import {
  randomStream,
  sgd,
  train,
  type Batch,
  type Dataset,
  type MultiHot,
  type RunEvent,
  type TrainOptions,
} from '@wellfit/core';
import { dropout, l2 } from '@wellfit/regularizers';
import { useBackend } from '@wellfit/testing';
import { lastValueFrom, toArray } from 'rxjs';
import { fromLayersModel } from './from-layers-model.js';

useBackend('wasm');

const ROWS = 12;
const uniform = (purpose: string, size: number): Float32Array =>
  Float32Array.from({ length: size }, randomStream(1, purpose).uniform);
const X = uniform('x', ROWS * 3).map((x) => 2 * x - 1);
const Y = uniform('y', ROWS).map(Math.round);

/** Rows of three numbers in two classes, the same for training and validation. */
const dataset: Dataset = {
  name: 'tiny',
  task: 'binary-classification',
  inputKind: 'dense',
  inputShape: [3],
  targetShape: [1],
  outputs: 1,
  sizes: { train: ROWS, validation: ROWS, test: 0 },
  provenance: { source: 'test', sha256: {}, licence: 'none' },
  *batches({ batchSize, rows = Uint32Array.from({ length: ROWS }, (_, i) => i) }): Iterable<Batch> {
    for (let start = 0; start < rows.length; start += batchSize) {
      const chosen = [...rows.subarray(start, start + batchSize)];
      const x = chosen.flatMap((row) => [...X.subarray(3 * row, 3 * row + 3)]);
      const size = chosen.length;
      yield {
        inputs: tensor2d(x, [size, 3]),
        targets: tensor2d(
          chosen.map((row) => Y[row]),
          [size, 1],
        ),
        size,
      };
    }
  },
};

const seeded = (seed: number): ReturnType<typeof tf.initializers.glorotUniform> =>
  tf.initializers.glorotUniform({ seed });

const hidden = (): tf.layers.Layer =>
  tf.layers.dense({
    name: 'hidden',
    units: 4,
    inputShape: [3],
    activation: 'relu',
    kernelInitializer: seeded(1),
  });

function binaryModel(...between: tf.layers.Layer[]): tf.Sequential {
  const output = tf.layers.dense({
    name: 'out',
    units: 1,
    activation: 'sigmoid',
    kernelInitializer: seeded(2),
  });
  return tf.sequential({ layers: [hidden(), ...between, output] });
}

async function trained(
  stock: tf.LayersModel,
  options: Partial<TrainOptions> = {},
): Promise<{ events: RunEvent[]; logs: Readonly<Record<string, number>> }> {
  const optimizer = sgd({ learningRate: 0.5 });
  const model = fromLayersModel(stock);
  const run = train({ model, dataset, optimizer, epochs: 3, batchSize: ROWS, ...options });
  const events = await lastValueFrom(run.pipe(toArray()));
  optimizer.dispose();
  const epochs = events.flatMap((event) => (event.type === 'epoch:end' ? [event.logs] : []));
  return { events, logs: epochs.at(-1)! };
}

const valuesOf = (model: tf.LayersModel): number[][] =>
  model.getWeights().map((weight) => [...weight.dataSync()]);

test.each([
  ['sigmoid', () => [tf.layers.dense({ units: 2, inputShape: [3], activation: 'sigmoid' })], sigmoid],
  ['softmax', () => [tf.layers.dense({ units: 2, inputShape: [3], activation: 'softmax' })], softmax],
  ['linear', () => [tf.layers.dense({ units: 2, inputShape: [3] })], (x: Tensor) => x],
  [
    'softmax',
    () => [tf.layers.dense({ units: 2, inputShape: [3] }), tf.layers.activation({ activation: 'softmax' })],
    softmax,
  ],
] as const)('gives logits before %s, and the model is as before', (name, layers, activate) => {
  const stock = tf.sequential({ layers: [...layers()] });
  const model = fromLayersModel(stock);
  expect(model.outputActivation).toBe(name);
  tidy(() => {
    const x = tensor(X, [ROWS, 3]);
    const logits = model.forward(x, { training: false });
    const expected = (stock.predict(x) as Tensor).dataSync();
    activate(logits)
      .dataSync()
      .forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
    if (name !== 'linear') expect(logits.dataSync()).not.toEqual(expected);
  });
  stock.dispose();
});

test('trains the model itself, to the weights and losses of a stock fit', async () => {
  const [mine, theirs] = [binaryModel(), binaryModel()];
  const optimizer = tfTrain.sgd(0.5);
  theirs.compile({ optimizer, loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  const [x, y] = [tensor2d(X, [ROWS, 3]), tensor2d(Y, [ROWS, 1])];
  const { history } = await theirs.fit(x, y, { epochs: 3, batchSize: ROWS, shuffle: false, verbose: 0 });
  const { events, logs } = await trained(mine);
  expect(logs.loss).toBeCloseTo(history.loss[2] as number, 5);
  expect(logs.accuracy).toBeCloseTo(history.acc[2] as number, 5);
  valuesOf(mine).forEach((weights, i) =>
    weights.forEach((weight, j) => expect(weight).toBeCloseTo(valuesOf(theirs)[i][j], 5)),
  );
  expect(events[0]).toMatchObject({ parameters: 21, summary: expect.stringContaining('hidden') as string });
  [mine, theirs, optimizer, x, y].forEach((used) => void used.dispose());
});

test('names weights and kernel sites by layer, and penalties act there', async () => {
  const stock = binaryModel();
  const model = fromLayersModel(stock);
  expect(model.weights.map(({ name, trainable }) => [name, trainable])).toEqual([
    ['hidden/kernel', true],
    ['hidden/bias', true],
    ['out/kernel', true],
    ['out/bias', true],
  ]);
  expect(model.sites.map(({ layer, kind, role }) => [layer, kind, role])).toEqual([
    ['input', 'input', 'input'],
    ['hidden', 'kernel', 'hidden'],
    ['out', 'kernel', 'output'],
  ]);
  expect(model.config).toEqual(JSON.parse(JSON.stringify(model.config)));
  const { logs } = await trained(stock, { regularizers: [{ regularizer: l2(0.1), at: ['out'] }] });
  const squares = valuesOf(stock)[2].reduce((sum, w) => sum + w * w, 0);
  expect(logs.penalty).toBeCloseTo(0.1 * squares, 5);
  model.dispose();
  expect(stock.getWeights()).toHaveLength(4);
  stock.dispose();
});

test('noise acts on the input', async () => {
  const [plain, noisy] = [binaryModel(), binaryModel()];
  await trained(plain);
  await trained(noisy, { regularizers: [{ regularizer: dropout(0.5), at: 'input' }] });
  expect(valuesOf(noisy)).not.toEqual(valuesOf(plain));
  [plain, noisy].forEach((model) => model.dispose());
});

test('batch normalization uses the batch in training and its running statistics in evaluation', async () => {
  const stock = binaryModel(tf.layers.batchNormalization({ name: 'norm' }));
  const model = fromLayersModel(stock);
  expect(model.weights.filter(({ trainable }) => !trainable).map(({ name }) => name)).toEqual([
    'norm/moving_mean',
    'norm/moving_variance',
  ]);
  const mean = model.weights.find(({ name }) => name === 'norm/moving_mean')!.variable;
  expect([...mean.dataSync()]).toEqual([0, 0, 0, 0]);
  tidy(() => void model.forward(tensor(X, [ROWS, 3]), { training: false }));
  expect([...mean.dataSync()]).toEqual([0, 0, 0, 0]);
  await trained(stock);
  expect([...mean.dataSync()]).not.toEqual([0, 0, 0, 0]);
  stock.dispose();
});

test('frozen layers keep their weights', async () => {
  const stock = binaryModel();
  const before = valuesOf(stock);
  stock.layers[0].trainable = false;
  await trained(stock);
  stock.layers[0].trainable = true;
  const after = valuesOf(stock);
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
  expect(after[2]).not.toEqual(before[2]);
  stock.dispose();
});

test('multi-hot rows are made dense', () => {
  const stock = binaryModel();
  const model = fromLayersModel(stock);
  const rows: MultiHot = {
    kind: 'multi-hot',
    indices: Int32Array.of(0, 2, 1),
    offsets: Int32Array.of(0, 2, 2, 3),
    width: 3,
  };
  tidy(() => {
    const dense = tensor2d([1, 0, 1, 0, 0, 0, 0, 1, 0], [3, 3]);
    const [sparse, expected] = [rows, dense].map((x) => model.forward(x, { training: false }).dataSync());
    expect(sparse).toEqual(expected);
  });
  stock.dispose();
});

test('a model within a model is trained, its layers named by their path', async () => {
  const inner = tf.sequential({ name: 'inner', layers: [hidden()] });
  const input = tf.input({ shape: [3] });
  const inside = inner.apply(input) as tf.SymbolicTensor;
  const output = tf.layers
    .dense({ name: 'out', units: 1, activation: 'sigmoid' })
    .apply(inside) as tf.SymbolicTensor;
  const stock = tf.model({ inputs: input, outputs: output });
  const model = fromLayersModel(stock);
  expect(model.weights.map(({ name }) => name)).toEqual([
    'inner/hidden/kernel',
    'inner/hidden/bias',
    'out/kernel',
    'out/bias',
  ]);
  const before = valuesOf(stock);
  await trained(stock);
  valuesOf(stock).forEach((weights, i) => expect(weights).not.toEqual(before[i]));
  stock.dispose();
});

test.each([
  [
    'an own regularizer',
    () => binaryModel(tf.layers.dense({ name: 'own', units: 2, kernelRegularizer: 'l1l2' })),
    /regularizer of its own in the layer own, .* at: \["own"\]/,
  ],
  [
    'a constraint',
    () => binaryModel(tf.layers.dense({ name: 'own', units: 2, kernelConstraint: 'nonNeg' })),
    /constraint in the layer own/,
  ],
  [
    'stock dropout',
    () => binaryModel(tf.layers.dropout({ name: 'own', rate: 0.5, seed: 1 })),
    /layer own \(Dropout\): put noiseLayer/,
  ],
  [
    'stock noise',
    () => binaryModel(tf.layers.gaussianNoise({ name: 'own', stddev: 0.5 })),
    /layer own \(GaussianNoise\)/,
  ],
  [
    'another activation',
    () => tf.sequential({ layers: [hidden()] }),
    /ends in the layer hidden \(Dense\) with the activation relu/,
  ],
  [
    'no activation',
    () => tf.sequential({ layers: [hidden(), tf.layers.reshape({ name: 'flat', targetShape: [4] })] }),
    /layer flat \(Reshape\) with no activation/,
  ],
])('refuses %s', (_, build, message) => {
  const stock = build();
  expect(() => fromLayersModel(stock)).toThrow(message);
  expect(() => fromLayersModel(stock)).toThrow(/^The layers model/);
  stock.dispose();
});

test('a forward pass that fails leaves the activation in place and no tensor behind', () => {
  const stock = binaryModel();
  const model = fromLayersModel(stock);
  const before = memory().numTensors;
  expect(() => tidy(() => model.forward(tensor2d([1, 2], [1, 2]), { training: false }))).toThrow(
    /hidden.* expected/s,
  );
  expect(memory().numTensors).toBe(before);
  const { activation } = stock.layers[1] as unknown as { activation: { getClassName(): string } };
  expect(activation.getClassName()).toBe('sigmoid');
  stock.dispose();
});
