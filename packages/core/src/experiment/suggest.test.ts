import { suggest } from './suggest.js';

const names = ['early-stopping', 'stop-when-equal', 'l1', 'l2', 'l1l2', 'dropout'];

test.each([
  ['dropuot', 'dropout'],
  ['dropot', 'dropout'],
  ['earlyStopping', 'early-stopping'],
  ['early_stoping', 'early-stopping'],
  ['L2', 'l2'],
  ['l12', 'l1'],
])('%s means %s', (wanted, meant) => {
  expect(suggest(wanted, names)).toBe(meant);
});

test.each(['weight-decay', 'x', '', 'batch'])('%p means none of them', (wanted) => {
  expect(suggest(wanted, names)).toBeUndefined();
});

test('a hostile name of any length is answered at once', () => {
  expect(suggest('a'.repeat(1_000_000), names)).toBeUndefined();
});
