import { tidy, zeros } from '@tensorflow/tfjs-core';
import { randomStreams, type Model, type ModelShapes } from '@wellfit/core';
import type { SequentialConfig } from '@wellfit/layers';
import { describePlugin, expectNoLeak, useBackend } from '@wellfit/testing';
import { cnn, type CnnOptions } from './cnn.js';
import { models } from './index.js';

useBackend();
describePlugin(models, 'cnn', {
  badOptions: [{ blocks: [] }, { blocks: [32] }, { blocks: [[]] }, { kernel: 3 }],
});

const CIFAR: ModelShapes = {
  inputKind: 'dense',
  inputShape: [32, 32, 3],
  outputs: 10,
  outputActivation: 'softmax',
};
const SMALL: ModelShapes = { ...CIFAR, inputShape: [4, 6, 1], outputs: 2 };

const build = (options: CnnOptions = {}, shapes: ModelShapes = SMALL): Model =>
  cnn(options).build(shapes, randomStreams(1));
const namesOf = (model: Model) => (model.config as SequentialConfig).layers.map(({ name }) => name);
const sitesOf = (model: Model, kernels: boolean) =>
  model.sites
    .filter(({ kind }) => (kind === 'kernel') === kernels)
    .map(({ layer, role }) => `${layer} ${role}`);

test('is by default the textbook net for CIFAR-10', async () => {
  await expectNoLeak(() => {
    const model = build({}, CIFAR);
    expect(namesOf(model)).toEqual([
      ...[
        'conv_1_1',
        'conv_1_2',
        'pool_1',
        'conv_2_1',
        'conv_2_2',
        'pool_2',
        'conv_3_1',
        'conv_3_2',
        'pool_3',
      ],
      ...['flatten', 'dense_1', 'output'],
    ]);
    // As Keras counts it (tools/reference/keras-convolution.py).
    expect(model.summary()).toContain('Total params: 814,122 (3.11 MB)');
    tidy(() => expect(model.forward(zeros([2, 32, 32, 3]), { training: true }).shape).toEqual([2, 10]));
    model.dispose();
  });
});

test.each(['none', 'batch'] as const)(
  'noise acts behind pools and dense layers, normalization %s',
  (normalization) => {
    const model = build({ blocks: [[2, 3], [4]], dense: [5], normalization });
    const kernels = ['conv_1_1', 'conv_1_2', 'conv_2_1', 'dense_1'].map((name) => `${name} hidden`);
    expect(sitesOf(model, true)).toEqual([...kernels, 'output output']);
    expect(sitesOf(model, false)).toEqual([
      'input input',
      ...['pool_1', 'pool_2', 'dense_1'].map((name) => `${name} hidden`),
      'output output',
    ]);
    model.dispose();
  },
);

test('normalization goes between each kernel and its activation', () => {
  const model = build({ blocks: [[2]], dense: [5], normalization: 'batch', activation: 'elu' });
  expect(namesOf(model)).toEqual([
    ...['conv_1_1', 'conv_1_1_norm', 'conv_1_1_activation', 'pool_1', 'flatten'],
    ...['dense_1', 'dense_1_norm', 'dense_1_activation', 'output'],
  ]);
  model.dispose();
});

test('takes kernels of other sizes, and initializers with options', () => {
  const initializer = { name: 'constant', value: 0.25 } as const;
  const model = build({ blocks: [[2]], kernelSize: 5, dense: [], initializer });
  expect(model.weights[0].variable.shape).toEqual([5, 5, 1, 2]);
  expect(model.weights[0].variable.dataSync()[7]).toBe(0.25);
  expect(namesOf(model)).toEqual(['conv_1_1', 'pool_1', 'flatten', 'output']);
  model.dispose();
});

test('data that are no images are refused', () => {
  const flat = { ...SMALL, inputShape: [1000] };
  const message =
    '[model cnn] needs images [height, width, channels], but the rows of the data have the shape [1000]';
  expect(() => build({}, flat)).toThrow(message);
  expect(() => build({}, { ...flat, inputKind: 'multi-hot' })).toThrow(message);
});

test('images that are too small for so many pools are refused, and nothing is left behind', () => {
  expect(() => build({ blocks: [[2], [2], [2]] })).toThrow(
    'Layer pool_3: a pool of 2 x 2 does not fit into images of the shape [1, 1, 2].',
  );
});
