import { randomNormal as drawNormal, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomStreams, type ModelShapes, type Site } from '@wellfit/core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { activation } from './activation.js';
import { batchNormalization } from './batch-normalization.js';
import { conv2d } from './conv2d.js';
import { dense } from './dense.js';
import { flatten } from './flatten.js';
import { heNormal, orthogonal, randomNormal } from './initializers/index.js';
import type { SequentialConfig } from './layer-config.js';
import { maxPool2d } from './max-pool2d.js';
import { noise } from './noise.js';
import { sequential } from './sequential.js';
import { sequentialFrom } from './sequential-from.js';

useBackend();

const shapes: ModelShapes = {
  inputKind: 'dense',
  inputShape: [8, 6, 2],
  outputs: 3,
  outputActivation: 'softmax',
};

/** A layer of every kind, with options that are not the defaults. */
const build = (seed: number) =>
  sequential({
    name: 'net',
    shapes,
    random: randomStreams(seed),
    layers: [
      batchNormalization({ name: 'norm_1', momentum: 0.9, epsilon: 0.01, center: false }),
      conv2d({
        name: 'conv_1',
        filters: 4,
        kernelSize: [3, 2],
        strides: [1, 2],
        padding: 'same',
        kernelInitializer: orthogonal({ gain: 2 }),
        useBias: false,
        role: 'hidden',
        activationSite: false,
      }),
      batchNormalization({ name: 'norm_2', scale: false }),
      activation({ name: 'conv_1_activation', activation: 'tanh', site: 'conv_1' }),
      maxPool2d({ name: 'pool_1', poolSize: [2, 3], strides: 2, padding: 'same', activationSite: true }),
      flatten({ name: 'flatten' }),
      noise({ name: 'noise_1' }),
      dense({
        name: 'dense_1',
        units: 5,
        activation: 'selu',
        role: 'hidden',
        kernelInitializer: randomNormal({ stddev: 0.3 }),
      }),
      activation({ name: 'silent', activation: 'elu', activationSite: false }),
      dense({ name: 'output', units: 3, role: 'output', kernelInitializer: heNormal() }),
    ],
  });

const shownSites = (sites: readonly Site[]) =>
  sites.map(({ layer, kind, role, weight }) => [layer, kind, role, weight?.name].join(' '));

test('a model is built again from its configuration, by way of JSON', async () => {
  await expectNoLeak(() => {
    const model = build(1);
    const config = JSON.parse(JSON.stringify(model.config)) as SequentialConfig;
    // With other initial weights, so that only what is copied can agree.
    const copy = sequentialFrom(config, { random: randomStreams(2) });
    expect(config).toEqual(model.config);
    expect(copy.config).toEqual(model.config);
    expect(copy.summary()).toBe(model.summary());
    expect(copy.outputActivation).toBe('softmax');
    expect(shownSites(copy.sites)).toEqual(shownSites(model.sites));
    expect(copy.weights.map(({ name, trainable }) => [name, trainable])).toEqual(
      model.weights.map(({ name, trainable }) => [name, trainable]),
    );
    tidy(() => {
      const x = drawNormal([2, 8, 6, 2], 0, 1, 'float32', 1);
      copy.weights.forEach(({ variable }, i) => variable.assign(model.weights[i].variable));
      const values = (of: typeof model) => [...of.forward(x, { training: false }).dataSync()];
      expect(values(copy)).toEqual(values(model));
      expect(new Set(values(copy)).size).toBeGreaterThan(3);
    });
    model.dispose();
    copy.dispose();
  });
});

test('the same streams give the same initial weights', () => {
  const model = build(3);
  const copy = sequentialFrom(model.config, { random: randomStreams(3) });
  copy.weights.forEach(({ variable }, i) =>
    expect([...variable.dataSync()]).toEqual([...model.weights[i].variable.dataSync()]),
  );
  model.dispose();
  copy.dispose();
});

test('every site is offered to noise, as the original does', () => {
  const model = build(1);
  const copy = sequentialFrom(model.config, { random: randomStreams(1) });
  const visited: Site[] = [];
  tidy(() => {
    const note = (site: Site, x: Tensor): Tensor => {
      visited.push(site);
      return x;
    };
    copy.forward(drawNormal([2, 8, 6, 2]), { training: true, noise: note });
  });
  expect(visited).toEqual(copy.sites.filter(({ kind }) => kind !== 'kernel'));
  expect(visited.map(({ layer }) => layer)).toEqual([
    'input',
    'conv_1',
    'pool_1',
    'noise_1',
    'dense_1',
    'output',
  ]);
  model.dispose();
  copy.dispose();
});

const denseLayer = {
  type: 'Dense',
  name: 'output',
  units: 3,
  activation: 'linear',
  useBias: true,
  kernelInitializer: { name: 'zeros' },
};

test.each([
  ['an unknown layer', { type: 'GRU', name: 'gru_1' }, 'Layer gru_1 is of the unknown type GRU'],
  [
    'an unknown activation',
    { ...denseLayer, activation: 'swish' },
    'Layer output has the unknown activation',
  ],
  [
    'an unknown initializer',
    { ...denseLayer, kernelInitializer: { name: 'he_normal' } },
    'There is no initializer "he_normal"; did you mean he-normal?',
  ],
  [
    'a bad initializer option',
    { ...denseLayer, kernelInitializer: { name: 'random-normal', stddev: -1 } },
    'stddev',
  ],
  ['a width that is none', { ...denseLayer, units: 1.5 }, 'Layer output needs a whole number of units'],
])('%s is refused', (_, layer, message) => {
  const config = { name: 'net', inputShape: [2], outputActivation: 'linear', layers: [layer] };
  expect(() => sequentialFrom(config as SequentialConfig, { random: randomStreams(1) })).toThrow(message);
});
