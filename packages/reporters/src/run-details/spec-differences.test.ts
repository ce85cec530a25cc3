import { specDifferences } from './spec-differences.js';

test('what differs, value by value, with what is absent', () => {
  const a = {
    model: { name: 'mlp', units: [4, 4] },
    regularizers: {},
    training: { epochs: 3, optimizer: { name: 'adam' } },
  };
  const b = {
    training: { optimizer: { name: 'adam' }, epochs: 5 },
    regularizers: { l2: 0.001 },
    model: { units: [4], name: 'mlp' },
  };
  expect(specDifferences([a, b, a])).toEqual([
    { path: 'model.units', values: [[4, 4], [4], [4, 4]] },
    { path: 'training.epochs', values: [3, 5, 3] },
    { path: 'regularizers.l2', values: [undefined, 0.001, undefined] },
  ]);
});

test('the order of keys makes no difference, that of a list does', () => {
  expect(
    specDifferences([
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ]),
  ).toEqual([]);
  expect(specDifferences([{ seeds: [1, 2] }, { seeds: [2, 1] }])).toHaveLength(1);
});
