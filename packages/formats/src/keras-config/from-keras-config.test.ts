import { thrown } from '../test-support/failure.js';
import { fromKerasConfig } from './from-keras-config.js';

const layer = <C extends object>(class_name: string, config: C) => ({ class_name, config });
const initializer = (scale: number, mode: string, distribution: string) =>
  layer('VarianceScaling', { scale, mode, distribution, seed: null });

/** In the words of Keras 2: no input layer, the shape in the first layer, pairs as numbers, axis as a list. */
const keras2 = layer('Sequential', {
  name: 'old',
  layers: [
    layer('Dropout', { name: 'drop', batch_input_shape: [null, 8, 8, 1], rate: 0.2 }),
    layer('Conv2D', {
      name: 'conv',
      filters: 2,
      kernel_size: [3, 3],
      strides: [1, 1],
      padding: 'same',
      activation: 'relu',
      use_bias: true,
      kernel_initializer: initializer(2, 'fan_in', 'truncated_normal'),
    }),
    layer('BatchNormalization', { name: 'norm', axis: [3], momentum: 0.99, epsilon: 0.001 }),
    layer('MaxPooling2D', { name: 'pool', pool_size: 2 }),
    layer('Flatten', { name: 'flat' }),
    layer('BatchNormalization', { name: 'norm_2', axis: [1], trainable: false }),
    layer('Dense', { name: 'out', units: 1, activation: 'sigmoid', kernel_initializer: 'lecun_uniform' }),
  ],
});

test('reads the words of Keras 2', () => {
  const { config, notes } = fromKerasConfig(keras2);
  expect(config).toMatchObject({ name: 'old', inputShape: [8, 8, 1], outputActivation: 'sigmoid' });
  expect(config.layers).toMatchObject([
    { type: 'Conv2D', strides: [1, 1], kernelInitializer: { name: 'he-normal' } },
    { type: 'BatchNormalization', center: true, scale: true },
    { type: 'MaxPooling2D', poolSize: [2, 2], strides: [2, 2], padding: 'valid' },
    { type: 'Flatten' },
    { type: 'BatchNormalization' },
    { type: 'Dense', useBias: true, activation: 'linear', kernelInitializer: { name: 'lecun-uniform' } },
  ]);
  expect(notes).toEqual([
    expect.stringContaining('Layer drop (Dropout) was left out'),
    'Layer norm_2 (BatchNormalization) was frozen; wellfit trains every layer.',
  ]);
});

test('reads the functional words of Keras 2, whatever the order', () => {
  const node = (source: string) => [[[source, 0, 0, {}]]];
  const layers = [
    { ...layer('Dense', { name: 'b', units: 2 }), name: 'b', inbound_nodes: node('a') },
    { ...layer('InputLayer', { name: 'in', batch_input_shape: [null, 3] }), name: 'in', inbound_nodes: [] },
    { ...layer('Dense', { name: 'a', units: 4, activation: 'relu' }), name: 'a', inbound_nodes: node('in') },
  ];
  const model = layer('Model', {
    name: 'net',
    layers,
    input_layers: [['in', 0, 0]],
    output_layers: [['b', 0, 0]],
  });
  const { config } = fromKerasConfig(model);
  expect(config.layers.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(config.inputShape).toEqual([3]);
});

test('an activation behind a dense layer with another keeps both', () => {
  const layers = [
    layer('Dense', { name: 'a', units: 4, activation: 'relu', batch_input_shape: [null, 3] }),
    layer('Activation', { name: 'p', activation: 'softmax' }),
  ];
  const { config } = fromKerasConfig(layer('Sequential', layers));
  expect(config.outputActivation).toBe('softmax');
  expect(config.layers).toMatchObject([{ name: 'a', activation: 'relu' }]);
});

const dense = (config: object) =>
  layer('Sequential', {
    name: 'net',
    layers: [layer('Dense', { name: 'a', batch_input_shape: [null, 3], ...config })],
  });

test.each<[string, unknown, string]>([
  ['nothing', null, 'The architecture in the file is damaged'],
  ['a list', [], 'The architecture in the file is damaged'],
  ['no layers', layer('Sequential', { name: 'net', layers: [] }), 'The architecture in the file is damaged'],
  ['layers without a class', layer('Sequential', { layers: [{ config: {} }] }), 'layers.0.class_name'],
  ['no units', dense({}), 'Layer a (Dense) has a wrong units'],
  ['half a unit', dense({ units: 0.5 }), 'Layer a (Dense) has a wrong units'],
  ['a number as activation', dense({ units: 2, activation: 7 }), 'Layer a (Dense) has a wrong activation'],
  [
    'two layers of one name',
    layer('Sequential', {
      layers: [...dense({ units: 2 }).config.layers, layer('Dense', { name: 'a', units: 1 })],
    }),
    'Two layers of the model are named a',
  ],
])('a description with %s is damaged', (_, data, message) => {
  expect(() => fromKerasConfig(data)).toThrow(thrown('bad-file', message));
});

test.each<[string, unknown, string]>([
  [
    'is of another class',
    layer('Mystery', { name: 'net', layers: [layer('Dense', {})] }),
    'is of the class Mystery',
  ],
  [
    'has only an output activation',
    layer('Sequential', [
      layer('Activation', { name: 'p', activation: 'softmax', batch_input_shape: [null, 2] }),
    ]),
    'has no layers besides',
  ],
  [
    'goes in circles',
    layer('Functional', {
      name: 'net',
      layers: [
        { ...layer('InputLayer', { name: 'in', batch_shape: [null, 3] }), inbound_nodes: [] },
        { ...layer('Dense', { name: 'a', units: 3 }), inbound_nodes: [[['b', 0, 0, {}]]] },
        { ...layer('Dense', { name: 'b', units: 3 }), inbound_nodes: [[['a', 0, 0, {}]]] },
      ],
      output_layers: [['b', 0, 0]],
    }),
    'has layers that do not follow one another',
  ],
])('a model that %s is not supported', (_, data, message) => {
  expect(() => fromKerasConfig(data)).toThrow(thrown('unsupported-model', message));
});

test('names from a file that JavaScript objects also know are just names', () => {
  const layers = [
    layer('Dense', { name: '__proto__', units: 2, activation: 'relu', batch_input_shape: [null, 3] }),
    layer('Dense', { name: 'constructor', units: 2, kernel_initializer: 'constructor' }),
  ];
  const { config } = fromKerasConfig(layer('Sequential', layers));
  expect(config.layers.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
  const odd = dense({ units: 2, activation: 'constructor' });
  expect(() => fromKerasConfig(odd)).toThrow('has activation "constructor"');
});

test('what is nested without end, or a megabyte long, gives an error that can be read', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  expect(() => fromKerasConfig(dense({ units: 2, batch_input_shape: deep }))).toThrow(
    thrown('unsupported-model', 'inputs of unknown size (no list of numbers)'),
  );
  const long = layer('Sequential', [layer('A'.repeat(1e6), { name: 'a', batch_input_shape: [null, 3] })]);
  let caught: unknown;
  try {
    fromKerasConfig(long);
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ code: 'unsupported-layer' });
  expect((caught as Error).message.length).toBeLessThanOrEqual(1000);
  expect((caught as Error).message).toContain('Supported are Dense');
});
