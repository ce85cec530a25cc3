/** What each backend trains: every layer, activation, regularizer, optimizer and initializer, on little generated data. */
import { initializers } from '@wellfit/layers';
import { optimizers } from '@wellfit/core';
import { regularizers } from '@wellfit/regularizers';

const base = { data: 'digits', optimizer: 'sgd', layers: [{ dense: 6, activation: 'relu' }] };
const ACTIVATIONS = ['linear', 'relu', 'sigmoid', 'tanh', 'elu', 'selu', 'softplus'];
const ADAPTIVE_RATE = 0.003;

/** Arguments for the regularizers; weak penalties, so that the loss is still that of the data. */
const STRENGTHS = { dropout: 0.3, l1: 0.001, l2: 0.001, l1l2: { l1: 0.001, l2: 0.001 } };

const layers = {
  'dense without bias': [{ dense: 6, useBias: false }],
  'convolution, same': [{ conv2d: 3, padding: 'same', activation: 'relu' }],
  'convolution, valid, strides': [{ conv2d: 3, kernelSize: 5, strides: 2, activation: 'relu' }],
  'convolution 3 x 3 of many channels': [
    { conv2d: 8, padding: 'same', activation: 'relu' },
    { conv2d: 8, padding: 'same', useBias: false },
    'max-pool2d',
  ],
  'max pool, overlapping': [{ conv2d: 2 }, { 'max-pool2d': 3, strides: 2, padding: 'same' }],
  flatten: ['flatten', { dense: 4 }],
  'batch normalization': [{ dense: 6 }, 'batch-normalization', { activation: 'relu' }],
  'batch normalization of images, without center and scale': [
    { conv2d: 3 },
    { 'batch-normalization': true, center: false, scale: false },
  ],
  'noise layer': [{ dense: 6 }, 'noise'],
};

const named = (kind, record, make) =>
  Object.keys(record).map((name) => [`${kind} ${name}`, { ...base, ...make(name) }]);

export const cases = Object.fromEntries([
  ...named('layer:', layers, (name) => ({ layers: layers[name] })),
  ['layer: dense on multi-hot rows', { ...base, data: 'reviews' }],
  ...ACTIVATIONS.flatMap((activation) => [
    [`activation: ${activation} in a dense layer`, { ...base, layers: [{ dense: 6, activation }] }],
    [`activation: ${activation} alone`, { ...base, layers: [{ dense: 6 }, { activation }] }],
    [`activation: ${activation} in a convolution`, { ...base, layers: [{ conv2d: 2, activation }] }],
  ]),
  ...named('optimizer:', optimizers, (optimizer) => ({
    optimizer,
    // Steps that do not depend on the size of a gradient would be too large at the usual rate for so few of them.
    learningRate: optimizer === 'sgd' || optimizer === 'momentum' ? 0.05 : ADAPTIVE_RATE,
  })),
  ...named('optimizer on multi-hot rows:', optimizers, (optimizer) => ({ data: 'reviews', optimizer })),
  ...named('regularizer:', regularizers, (name) => ({ regularizer: [name, STRENGTHS[name]] })),
  ...named('initializer:', initializers, (name) => ({
    layers: [{ dense: 6, initializer: name === 'constant' ? { name, value: 0.05 } : name }],
  })),
]);
