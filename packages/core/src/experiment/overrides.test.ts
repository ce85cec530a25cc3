import { applyOverrides } from './overrides.js';

const base = {
  name: 'x',
  dataset: 'imdb',
  model: { name: 'mlp', units: [16, 16] },
  training: { epochs: 20, optimizer: 'adam' },
  regularizers: { l2: 0.001, dropout: true },
  seeds: [1, 2],
  arms: { base: null, 'l2-0.001': { regularizers: { l2: 0.001 } } },
};

function set(path: string, value: unknown): unknown {
  return applyOverrides(base, [{ path, value }]).input;
}

test.each([
  ['an existing value', 'training.epochs', 5, { ...base, training: { epochs: 5, optimizer: 'adam' } }],
  ['a list', 'model.units', [4], { ...base, model: { name: 'mlp', units: [4] } }],
  ['an entry of a list', 'seeds.1', 9, { ...base, seeds: [1, 9] }],
  [
    'an option of a plugin that is only named',
    'dataset.numWords',
    1000,
    { ...base, dataset: { name: 'imdb', numWords: 1000 } },
  ],
  [
    'the same deeper',
    'training.optimizer.learningRate',
    0.1,
    { ...base, training: { epochs: 20, optimizer: { name: 'adam', learningRate: 0.1 } } },
  ],
  [
    'a map that is missing',
    'callbacks.early-stopping.patience',
    2,
    { ...base, callbacks: { 'early-stopping': { patience: 2 } } },
  ],
  [
    'an option of a plugin that is switched on',
    'regularizers.dropout.rate',
    0.2,
    { ...base, regularizers: { l2: 0.001, dropout: { rate: 0.2 } } },
  ],
  [
    'an empty arm',
    'arms.base.training.epochs',
    3,
    { ...base, arms: { ...base.arms, base: { training: { epochs: 3 } } } },
  ],
  [
    'a key with a dot',
    'arms.l2-0.001.regularizers.l2',
    0.1,
    { ...base, arms: { base: null, 'l2-0.001': { regularizers: { l2: 0.1 } } } },
  ],
])('%s', (_, path, value, expected) => {
  expect(set(path, value)).toEqual(expected);
});

test('later overrides see earlier ones, and the input stays as it was', () => {
  const before = structuredClone(base);
  const { input, applied } = applyOverrides(base, [
    { path: 'arms.new.model.units', value: [2] },
    { path: 'arms.new.model.units.0', value: 3 },
  ]);
  expect(input).toMatchObject({ arms: { new: { model: { units: [3] } } } });
  expect(applied[1].keys).toEqual(['arms', 'new', 'model', 'units', 0]);
  expect(base).toEqual(before);
});

test.each([
  [
    'regularizers.l2.strength',
    /regularizers\.l2 is 0\.001, not a map.*regularizers\.l2=\{strength: \.\.\.\}/,
  ],
  ['seeds.2', /seeds is a list of 2/],
  ['seeds.-1', /seeds is a list of 2/],
  ['training..epochs', /not a path/],
  ['', /not a path/],
  ['__proto__.polluted', /not a path/],
])('%p is refused', (path, message) => {
  expect(() => set(path, 1)).toThrow(message);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('inherited properties are no keys', () => {
  const { input } = applyOverrides({}, [{ path: 'constructor.name', value: 'x' }]);
  expect(Object.keys(input as object)).toEqual(['constructor']);
  expect(Object.name).toBe('Object');
});
