import { tidy, zeros } from '@tensorflow/tfjs-core';
import { randomStreams, type Model, type ModelShapes } from '@wellfit/core';
import type { SequentialConfig } from '@wellfit/layers';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { models } from './index.js';
import { sequential, type SequentialPresetOptions } from './sequential.js';

useBackend();

const FLAT: ModelShapes = {
  inputKind: 'dense',
  inputShape: [6],
  outputs: 3,
  outputActivation: 'softmax',
};
const IMAGES: ModelShapes = { ...FLAT, inputShape: [12, 12, 2] };

const build = (options: SequentialPresetOptions, shapes: ModelShapes = FLAT): Model =>
  sequential(options).build(shapes, randomStreams(1));
const namesOf = (model: Model) => (model.config as SequentialConfig).layers.map(({ name }) => name);
const sitesOf = (model: Model) =>
  model.sites.filter(({ kind }) => kind !== 'kernel').map(({ layer }) => layer);

test('is in the record', () => expect(models.sequential).toBe(sequential));

test('builds the layers of a list, with an output as wide as the data asks', async () => {
  await expectNoLeak(() => {
    const model = build(
      {
        initializer: 'he-normal',
        layers: [
          { 'batch-normalization': true, momentum: 0.9, center: false },
          { conv2d: 4, kernelSize: [3, 2], strides: 2, padding: 'same', activation: 'relu', useBias: false },
          { conv2d: 5, initializer: { name: 'constant', value: 0.5 } },
          { 'max-pool2d': [1, 2], strides: 1 },
          'max-pool2d',
          { activation: 'tanh' },
          { dense: 7, name: 'middle', activation: 'sigmoid' },
        ],
      },
      IMAGES,
    );
    expect((model.config as SequentialConfig).layers).toEqual([
      {
        type: 'BatchNormalization',
        name: 'norm_1',
        momentum: 0.9,
        epsilon: 0.001,
        center: false,
        scale: true,
      },
      {
        type: 'Conv2D',
        name: 'conv2d_1',
        filters: 4,
        kernelSize: [3, 2],
        strides: [2, 2],
        padding: 'same',
        activation: 'relu',
        useBias: false,
        kernelInitializer: { name: 'he-normal' },
      },
      {
        type: 'Conv2D',
        name: 'conv2d_2',
        filters: 5,
        kernelSize: [3, 3],
        strides: [1, 1],
        padding: 'valid',
        activation: 'linear',
        useBias: true,
        kernelInitializer: { name: 'constant', value: 0.5 },
      },
      { type: 'MaxPooling2D', name: 'pool_1', poolSize: [1, 2], strides: [1, 1], padding: 'valid' },
      expect.objectContaining({ name: 'pool_2' }),
      { type: 'Activation', name: 'activation_1', activation: 'tanh' },
      { type: 'Flatten', name: 'flatten' },
      expect.objectContaining({ name: 'middle', units: 7 }),
      expect.objectContaining({ name: 'output', units: 3, activation: 'linear' }),
    ]);
    tidy(() => expect(model.forward(zeros([2, 12, 12, 2]), { training: false }).shape).toEqual([2, 3]));
    model.dispose();
  });
});

test('layers that are left out shift neither the names nor the initial weights of the others', () => {
  const layers: SequentialPresetOptions['layers'] = [
    'batch-normalization',
    { dense: 4 },
    'batch-normalization',
    { 'batch-normalization': true },
    { dense: 4, activation: 'relu' },
    { dense: 4 },
  ];
  const whole = build({ layers });
  const part = build({ layers, without: ['batch-normalization'] });
  expect(namesOf(whole)).toEqual(['norm_1', 'dense_1', 'norm_2', 'norm_3', 'dense_2', 'dense_3', 'output']);
  expect(namesOf(part)).toEqual(['dense_1', 'dense_2', 'dense_3', 'output']);
  for (const { name, variable } of part.weights) {
    const twin = whole.weights.find((weight) => weight.name === name)!;
    expect([...variable.dataSync()]).toEqual([...twin.variable.dataSync()]);
  }
  const rest = build({ layers: [{ dense: 4 }, { conv2d: 4 }, { dense: 4 }], without: ['conv2d'] });
  expect(namesOf(rest)).toEqual(['dense_1', 'dense_2', 'output']);
  [whole, part, rest].forEach((model) => model.dispose());
});

test('batch normalization of images is by channel, and by pixel where flatten comes first', () => {
  const widthOf = (layers: SequentialPresetOptions['layers']): number => {
    const model = build({ layers }, IMAGES);
    const { size } = model.weights.find(({ name }) => name === 'norm_1/gamma')!.variable;
    model.dispose();
    return size;
  };
  expect(widthOf(['batch-normalization', { dense: 4 }])).toBe(2);
  expect(widthOf(['flatten', 'batch-normalization', { dense: 4 }])).toBe(12 * 12 * 2);
});

test('a kernel is drawn by the initializer of its layer, or else of the model', () => {
  const model = build({
    initializer: 'zeros',
    layers: [{ dense: 2, initializer: { name: 'constant', value: 0.5 } }, { dense: 2 }],
  });
  const kernels = model.weights.filter(({ name }) => name.endsWith('/kernel'));
  expect(kernels.map(({ variable }) => variable.dataSync()[0])).toEqual([0.5, 0, 0]);
  model.dispose();
});

test.each<[string, SequentialPresetOptions, string[]]>([
  [
    'what each dense layer and convolution returns',
    {
      layers: [
        { conv2d: 2, activation: 'relu' },
        'max-pool2d',
        { dense: 2, activation: 'relu' },
        { dense: 3 },
      ],
    },
    ['input', 'conv2d_1', 'dense_1', 'dense_2', 'output'],
  ],
  [
    'the activation behind a kernel and its normalization, by the name of the kernel',
    {
      layers: [
        { dense: 2 },
        'batch-normalization',
        { activation: 'relu' },
        { dense: 2 },
        { activation: 'elu' },
      ],
    },
    ['input', 'dense_1', 'dense_2', 'output'],
  ],
  [
    'an activation with no kernel before it',
    { layers: [{ activation: 'tanh' }, { dense: 2, activation: 'relu' }, { activation: 'relu' }] },
    ['input', 'activation_1', 'dense_1', 'activation_2', 'output'],
  ],
  [
    'only the noise entries where there are some',
    {
      layers: [
        'noise',
        { dense: 2, activation: 'relu' },
        { activation: 'relu' },
        { noise: true, name: 'late' },
      ],
    },
    ['input', 'noise_1', 'late'],
  ],
  [
    'none where the noise entries are left out',
    { layers: ['noise', { dense: 2, activation: 'relu' }], without: ['noise'] },
    ['input'],
  ],
])('noise may act at: %s', (_, options, sites) => {
  const model = build(options, IMAGES);
  expect(sitesOf(model)).toEqual(sites);
  const visited: string[] = [];
  tidy(() => {
    model.forward(zeros([1, ...IMAGES.inputShape]), {
      training: true,
      noise({ layer }, x) {
        visited.push(layer);
        return x;
      },
    });
  });
  expect(visited).toEqual(sites);
  model.dispose();
});

test.each<[string, SequentialPresetOptions['layers'], readonly number[], string[]]>([
  [
    'before the first dense layer',
    ['noise', { dense: 2 }],
    [4, 4, 1],
    ['noise_1', 'flatten', 'dense_1', 'output'],
  ],
  ['before the output', [{ conv2d: 2 }], [4, 4, 1], ['conv2d_1', 'flatten', 'output']],
  [
    'not behind a flatten of the list',
    ['flatten', { dense: 2 }],
    [4, 4, 1],
    ['flatten_1', 'dense_1', 'output'],
  ],
  ['not where the rows are flat', [{ dense: 2 }], [4], ['dense_1', 'output']],
])('images are flattened %s', (_, layers, inputShape, names) => {
  const model = build({ layers }, { ...FLAT, inputShape });
  expect(namesOf(model)).toEqual(names);
  model.dispose();
});

test.each<[string, unknown, string]>([
  ['no list', undefined, 'layers: is missing: it must be a list'],
  [
    'a misspelt kind',
    { layers: ['nois'] },
    'layers.0: must be max-pool2d, flatten, batch-normalization or noise',
  ],
  ['a kind that needs a width', { layers: ['dense'] }, 'or a map such as { dense: 100 } (it is "dense")'],
  ['a misspelt kind with a width', { layers: [{ dens: 1 }] }, 'Did you mean dense?'],
  ['no width', { layers: ['flatten', { dense: null }] }, 'layers.1.dense: must be a number, not null'],
  ['no kind', { layers: [{ name: 'a' }] }, 'layers.0: names no layer: it needs one of dense, conv2d'],
  ['two kinds', { layers: [{ dense: 1, noise: true }] }, 'layers.0: is dense and noise at once'],
  ['an unknown option', { layers: [{ dense: 1, activaton: 'relu' }] }, 'Did you mean activation?'],
  [
    'an option of another kind',
    { layers: [{ dense: 1, padding: 'same' }] },
    'layers.0.padding: is no option of dense, which takes name, activation, initializer, useBias',
  ],
  [
    'a bad initializer',
    { layers: [{ dense: 1, initializer: { name: 'constant', vlaue: 1 } }] },
    'layers.0.initializer.vlaue: unknown key; known: value, name. Did you mean value?',
  ],
  ['a name of its own that is taken', { layers: [{ dense: 1, name: 'output' }] }, 'layers.0.name: is taken'],
  [
    'a name that another has',
    { layers: ['noise', { noise: true, name: 'noise_1' }] },
    'layers.1.name: is taken',
  ],
  [
    'to leave out what is not there',
    { layers: ['noise'], without: ['flatten'] },
    'without.0: is no layer of the list',
  ],
])('refuses %s', (_, options, message) => {
  expect(() => sequential(options as SequentialPresetOptions)).toThrow(message);
});

test('layers that do not fit the data are named with their shapes', () => {
  expect(() => build({ layers: [{ conv2d: 2 }] })).toThrow(
    'Layer conv2d_1 needs images [height, width, channels], but its input has the shape [6].',
  );
  const shapes = { ...FLAT, inputKind: 'multi-hot' } as const;
  expect(() => build({ layers: ['noise', { dense: 2 }] }, shapes)).toThrow(
    'Layer noise_1 cannot read multi-hot rows of the shape [6]: put a dense layer before it.',
  );
});
