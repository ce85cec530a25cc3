import { pairedDifferences } from './paired-differences.js';
import { curves } from './test-support/history.js';

const run = (seed: number, loss: number, parts: Parameters<typeof curves>[2] = {}) =>
  curves([0.5, 0.4], [1, loss], { seed, ...parts });
const number = 'lowest_val_data_loss';

test('pairs by seed, whatever the order of the runs', () => {
  const { pairs } = pairedDifferences([run(2, 0.25), run(1, 0.5)], [run(1, 0.75), run(2, 0.125)], number);
  expect(pairs).toEqual([
    { seed: 1, difference: -0.25 },
    { seed: 2, difference: 0.125 },
  ]);
});

test('counts the seeds that have no finished run of both, and those at which one diverged', () => {
  const arm = [
    run(1, 0.5),
    run(2, 0.5, { status: 'diverged' }),
    run(3, 0.5, { status: 'cancelled' }),
    run(4, 0.5),
  ];
  const baseline = [run(1, 0.75), run(2, 0.75), run(3, 0.75), run(5, 0.75, { status: 'failed' })];
  expect(pairedDifferences(arm, baseline, number)).toEqual({
    pairs: [{ seed: 1, difference: -0.25 }],
    leftOut: 4,
    diverged: 1,
  });
});

test('a number that a run did not log makes no pair', () => {
  expect(pairedDifferences([run(1, 0.5)], [run(1, 0.5)], 'peak_val_accuracy')).toMatchObject({
    pairs: [],
    leftOut: 1,
  });
});
