import { isWellfitError } from '../errors.js';
import { parseExperiment } from './parse-experiment.js';

const minimal = { name: 'tiny', dataset: 'imdb', model: 'mlp', arms: { base: null } };

function problems(input: unknown): unknown {
  try {
    return parseExperiment(input);
  } catch (error) {
    if (!isWellfitError(error)) throw error;
    expect(error.code).toBe('bad-experiment');
    return error.problems.map(({ path, message, suggestion }) => [path.join('.'), message, suggestion]);
  }
}

test('a minimal experiment gets all defaults', () => {
  expect(parseExperiment(minimal)).toEqual({
    name: 'tiny',
    plugins: [],
    backend: 'auto',
    numerics: 'exact',
    seeds: [1],
    dataset: { name: 'imdb' },
    model: { name: 'mlp' },
    training: {
      epochs: 20,
      batchSize: 32,
      optimizer: { name: 'adam' },
      loss: 'auto',
      trainEvaluation: true,
      distributions: false,
    },
    regularizers: {},
    callbacks: {},
    arms: { base: null },
    reporters: {},
  });
});

test('what comes out goes in again unchanged', () => {
  const spec = parseExperiment({
    ...minimal,
    arms: { a: { training: { optimizer: 'sgd' }, model: { units: [1] } } },
  });
  expect(parseExperiment(spec)).toEqual(spec);
});

test('all problems come at once', () => {
  expect(
    problems({
      ...minimal,
      trainig: {},
      seeds: 0,
      training: { epochs: 0, batchsize: 1 },
      arms: { a: { modle: {} } },
    }),
  ).toEqual([
    ['seeds', 'must be at least 1, not 0', undefined],
    ['training.epochs', 'must be at least 1, not 0', undefined],
    ['training.batchsize', expect.stringContaining('unknown key'), 'batchSize'],
    ['arms.a.modle', expect.stringContaining('unknown key'), 'model'],
    ['trainig', expect.stringContaining('unknown key'), 'training'],
  ]);
});

test.each([
  ['no arm', { ...minimal, arms: {} }, 'arms', 'needs at least one arm (it is {})'],
  [
    'an arm whose name is no file name',
    { ...minimal, arms: { '../x': null } },
    'arms.../x',
    expect.stringContaining('must be letters'),
  ],
  [
    'an arm named by a number, which would lose its place',
    { ...minimal, arms: { '16': null } },
    'arms.16',
    'must not be a whole number; write units-16, for instance',
  ],
  [
    'an arm named like a file of the run folder',
    { ...minimal, arms: { 'experiment.json': null } },
    'arms.experiment.json',
    'must not end like a file',
  ],
  [
    'an arm that Windows cannot store',
    { ...minimal, arms: { con: null } },
    'arms.con',
    'must not be the name of a Windows device',
  ],
  [
    'arms that differ in case only',
    { ...minimal, arms: { a: null, A: null } },
    'arms',
    expect.stringContaining('must have names that differ by more than upper and lower case'),
  ],
  [
    'a missing dataset',
    { ...minimal, dataset: undefined },
    'dataset',
    'is missing: it must be text or a map',
  ],
  [
    'a name with spaces',
    { ...minimal, name: 'My Run' },
    'name',
    'must be kebab-case, for instance imdb-capacity (it is "My Run")',
  ],
  ['a seed twice', { ...minimal, seeds: [1, 1] }, 'seeds', 'must differ from each other (it is [1,1])'],
  [
    'a fraction of an epoch',
    { ...minimal, training: { epochs: 1.5 } },
    'training.epochs',
    'must be a whole number, not 1.5',
  ],
  ['no map at all', 'hello', '', 'must be a map, not "hello"'],
])('%s', (_, input, path, message) => {
  expect(problems(input)).toEqual([[path, message, undefined]]);
});

test('what no file could hold is a problem at its place, and no crash', () => {
  const itself: Record<string, unknown> = { ...minimal };
  itself.model = { name: 'mlp', more: [itself] };
  const big = 'is a BigInt: write a plain number';
  expect(problems(itself)).toEqual([['model.more.0', 'this contains itself: write plain data', undefined]]);
  expect(problems({ ...minimal, seeds: [1n], arms: { base: { training: { epochs: 2n } } } })).toEqual([
    ['arms.base.training.epochs', `2n ${big}`, undefined],
    ['seeds.0', `1n ${big}`, undefined],
  ]);
  expect(problems(5n)).toEqual([['', `5n ${big}`, undefined]]);
  // The same object twice is fine.
  const arm = { training: { epochs: 2 } };
  expect(Object.keys(parseExperiment({ ...minimal, arms: { base: arm, other: arm } }).arms)).toEqual([
    'base',
    'other',
  ]);
});

test('a baseline that is no arm', () => {
  expect(problems({ ...minimal, baseline: 'bsae' })).toEqual([
    ['baseline', 'there is no arm bsae; arms: base', 'base'],
  ]);
});

test.each(['__proto__', 'constructor', 'prototype'])('the key %s is refused at any depth', (key) => {
  const input = JSON.parse(
    `{"name":"x","dataset":{"name":"imdb","${key}":{"polluted":1}},"model":"mlp"}`,
  ) as unknown;
  expect(problems(input)).toEqual([[`dataset.${key}`, 'this key is not allowed', undefined]]);
});
