import { parseExperiment } from './parse-experiment.js';
import { resolveArms, type ResolvedArm } from './resolve-arms.js';

function arm(patch: object | null): ResolvedArm {
  const spec = parseExperiment({
    name: 'x',
    dataset: { name: 'imdb', numWords: 1000, validation: 'test' },
    model: { name: 'mlp', units: [16, 16], activation: 'relu' },
    training: { epochs: 20, batchSize: 512, optimizer: { name: 'adam', learningRate: 0.01 } },
    regularizers: { l2: 0.001, dropout: { rate: 0.5, at: 'hidden' } },
    callbacks: { 'early-stopping': true, off: false },
    arms: { base: null, it: patch },
  });
  return resolveArms(spec)[1];
}

test('an empty arm is the base itself, with what is switched off left out', () => {
  expect(arm(null)).toEqual(arm({}));
  expect(arm(null)).toEqual({
    name: 'it',
    dataset: { name: 'imdb', numWords: 1000, validation: 'test' },
    model: { name: 'mlp', units: [16, 16], activation: 'relu' },
    training: {
      epochs: 20,
      batchSize: 512,
      optimizer: { name: 'adam', learningRate: 0.01 },
      loss: 'auto',
      trainEvaluation: true,
      distributions: false,
    },
    regularizers: { l2: 0.001, dropout: { rate: 0.5, at: 'hidden' } },
    callbacks: { 'early-stopping': true },
  });
});

test('options are merged, lists are replaced', () => {
  expect(arm({ model: { units: [4] } }).model).toEqual({ name: 'mlp', units: [4], activation: 'relu' });
  expect(arm({ dataset: { numWords: null } }).dataset).toEqual({
    name: 'imdb',
    numWords: null,
    validation: 'test',
  });
});

test('another name replaces the plugin with all its options', () => {
  expect(arm({ model: { name: 'cnn', filters: 8 } }).model).toEqual({ name: 'cnn', filters: 8 });
  expect(arm({ dataset: 'other' }).dataset).toEqual({ name: 'other' });
  expect(arm({ training: { optimizer: 'sgd' } }).training).toMatchObject({
    epochs: 20,
    optimizer: { name: 'sgd' },
  });
});

test('the same name keeps the options', () => {
  expect(arm({ training: { optimizer: { name: 'adam', beta1: 0.8 } } }).training.optimizer).toEqual({
    name: 'adam',
    learningRate: 0.01,
    beta1: 0.8,
  });
});

test('regularizers are added, merged, replaced and switched off', () => {
  const { regularizers } = arm({ regularizers: { l1: 0.1, l2: false, dropout: { rate: 0.2 } } });
  expect(regularizers).toEqual({ l1: 0.1, dropout: { rate: 0.2, at: 'hidden' } });
  expect(arm({ regularizers: { dropout: 0.3 } }).regularizers.dropout).toBe(0.3);
});
