import { tidy, zeros } from '@tensorflow/tfjs-core';
import { isWellfitError, randomStream, type ModelShapes } from '@wellfit/core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { mlp, type MlpOptions } from './mlp.js';

useBackend();

const build = (words: number, options?: MlpOptions) => {
  const shapes: ModelShapes = {
    inputKind: 'dense',
    inputShape: [words],
    outputs: 1,
    outputActivation: 'sigmoid',
  };
  return mlp(options).build(shapes, (purpose) => randomStream(1, purpose));
};

// The models of the textbook and of its published notebooks.
test.each([
  [1_000, [6, 6], 6_055],
  [1_000, [16, 16], 16_305],
  [1_000, [128, 128], 144_769],
  [10_000, [16, 16], 160_305],
  [10_000, [4, 4], 40_029],
  [10_000, [512, 512], 5_383_681],
])('%i words, units %j: %i parameters', async (words, units, parameters) => {
  await expectNoLeak(() => {
    const model = build(words, { units });
    expect(model.weights.reduce((sum, { variable }) => sum + variable.size, 0)).toBe(parameters);
    expect(model.summary()).toContain(`Total params: ${parameters.toLocaleString('en-US')} (`);
    model.dispose();
  });
});

test('checks the options of initializers before it builds anything', () => {
  const options = { initializer: { name: 'random-normal', std: 1 } } as MlpOptions;
  expect(() => mlp(options)).toThrow('[model mlp] initializer.std: unknown key');
});

test('names its layers and offers their sites', () => {
  const model = build(5, { units: [4, 3] });
  expect(model.weights.map(({ name }) => name)).toEqual(
    ['hidden_1', 'hidden_2', 'output'].flatMap((layer) => [`${layer}/kernel`, `${layer}/bias`]),
  );
  expect(model.sites.map(({ layer, kind, role }) => `${layer} ${kind} ${role}`)).toEqual([
    'input input input',
    'hidden_1 kernel hidden',
    'hidden_1 activation hidden',
    'hidden_2 kernel hidden',
    'hidden_2 activation hidden',
    'output kernel output',
    'output activation output',
  ]);
  model.dispose();
});

test('batch normalization goes between kernel and activation, and noise behind both', () => {
  const model = build(5, { units: [4], normalization: 'batch' });
  expect(model.weights.filter(({ trainable }) => !trainable).map(({ name }) => name)).toEqual([
    'hidden_1_norm/moving_mean',
    'hidden_1_norm/moving_variance',
  ]);
  const order = (model.config as { layers: { name: string }[] }).layers.map(({ name }) => name);
  expect(order).toEqual(['hidden_1', 'hidden_1_norm', 'hidden_1_activation', 'output']);
  expect(model.sites.filter(({ layer }) => layer === 'hidden_1').map(({ kind }) => kind)).toEqual([
    'kernel',
    'activation',
  ]);
  model.dispose();
});

test('takes initializers by name, with options', () => {
  const model = build(5, { units: [4], initializer: { name: 'constant', value: 0.25 } });
  expect(new Set(model.weights[0].variable.dataSync())).toEqual(new Set([0.25]));
  model.dispose();
});

test('images are laid out flat first; the sites stay', () => {
  const images: ModelShapes = {
    inputKind: 'dense',
    inputShape: [4, 3, 2],
    outputs: 2,
    outputActivation: 'softmax',
  };
  const model = mlp({ units: [5] }).build(images, (purpose) => randomStream(1, purpose));
  const layers = (model.config as { layers: { name: string }[] }).layers.map(({ name }) => name);
  expect(layers).toEqual(['flatten', 'hidden_1', 'output']);
  expect(model.sites.filter(({ kind }) => kind !== 'kernel').map(({ layer }) => layer)).toEqual([
    'input',
    'hidden_1',
    'output',
  ]);
  tidy(() => expect(model.forward(zeros([3, 4, 3, 2]), { training: false }).shape).toEqual([3, 2]));
  model.dispose();
});

test('units [] is a linear model', () => {
  const model = build(5, { units: [] });
  expect(model.weights.map(({ name }) => name)).toEqual(['output/kernel', 'output/bias']);
  model.dispose();
});

test.each([
  [{ units: [0] }, 'units.0'],
  [{ units: 16 }, 'units'],
  [{ activation: 'rleu' }, 'activation'],
  [{ initializer: 'xavier' }, 'initializer'],
  [{ initializer: { name: 'constant', vlaue: 1 } }, 'vlaue'],
  [{ unit: [16] }, 'unit'],
])('refuses %j', (options, place) => {
  let thrown: unknown;
  try {
    build(5, options as MlpOptions);
  } catch (error) {
    thrown = error;
  }
  expect(isWellfitError(thrown)).toBe(true);
  expect((thrown as Error).message).toContain(place);
});
