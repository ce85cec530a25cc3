import { compareArms } from './compare-arms.js';
import { curves, history } from './test-support/history.js';

/** Runs of seeds from 1 whose lowest validation loss is that of the baseline, more by this, and a little by seed. */
const runs = (more: number, seeds: number, parts: Parameters<typeof curves>[2] = {}) =>
  Array.from({ length: seeds }, (_, i) =>
    curves([0.5, 0.4], [1, 0.5 + more + more * 0.1 * Math.sin(3 * i)], { seed: i + 1, ...parts }),
  );

test('an arm that is better at every seed of six is declared so', () => {
  const [lowest, final, ...more] = compareArms([{ arm: 'l2', runs: runs(-0.125, 6) }], runs(0, 6));
  expect(lowest).toMatchObject({
    arm: 'l2',
    number: 'lowest_val_data_loss',
    better: 'lower',
    decides: true,
    leftOut: 0,
    diverged: 0,
    superiority: 1,
    p: 2 / 64,
    adjustedP: 2 / 64,
    leastSeeds: 6,
    seedsNeeded: 6,
    declared: 'better',
  });
  expect(lowest.pairs).toHaveLength(6);
  const { mean, interval = [0, 0] } = lowest.difference;
  expect(mean).toBeCloseTo(-0.125, 1);
  expect(interval[0]).toBeLessThan(mean);
  expect(interval[1]).toBeLessThan(0);
  // The other interval is of the same mean.
  expect(lowest.bootstrap?.[0]).toBeLessThan(mean);
  expect(lowest.bootstrap?.[1]).toBeGreaterThan(mean);
  // No accuracy was logged; and only one number declares.
  expect(final).toMatchObject({ number: 'final_val_data_loss', decides: false, p: 2 / 64 });
  expect(final).not.toHaveProperty('declared');
  expect(more).toEqual([]);
});

test('the same arm with five seeds, or beside a second one with six, is not', () => {
  const [five] = compareArms([{ arm: 'l2', runs: runs(-0.125, 5) }], runs(0, 5));
  expect(five).toMatchObject({ p: 2 / 32, leastSeeds: 6, seedsNeeded: 6 });
  expect(five).not.toHaveProperty('declared');
  const arms = [
    { arm: 'l2', runs: runs(-0.125, 6) },
    { arm: 'dropout', runs: runs(0.125, 6) },
  ];
  const [l2, dropout] = compareArms(arms, runs(0, 6));
  expect(l2).toMatchObject({ p: 2 / 64, adjustedP: 4 / 64, leastSeeds: 7, seedsNeeded: 7 });
  expect(l2).not.toHaveProperty('declared');
  expect(dropout).toMatchObject({ superiority: 0, adjustedP: 4 / 64 });
});

test('a higher loss is worse, a higher accuracy better', () => {
  expect(compareArms([{ arm: 'l1', runs: runs(0.125, 8) }], runs(0, 8))[0]).toMatchObject({
    declared: 'worse',
  });
  const accurate = (accuracy: number) => [history([{ loss: 1, val_accuracy: accuracy }], { seed: 1 })];
  const compared = compareArms([{ arm: 'l2', runs: accurate(0.75) }], accurate(0.5));
  expect(compared).toMatchObject([{ number: 'peak_val_accuracy', better: 'higher', superiority: 1, p: 1 }]);
});

test('an arm that diverged at some seed is not declared better for the others', () => {
  const some = runs(-0.125, 9).map((run, i) => (i === 3 ? { ...run, status: 'diverged' as const } : run));
  const [compared] = compareArms([{ arm: 'fast', runs: some }], runs(0, 9));
  expect(compared).toMatchObject({ leftOut: 1, diverged: 1, p: 2 / 2 ** 8 });
  expect(compared).not.toHaveProperty('declared');
});

test('arms that are the same need no seeds to find that', () => {
  const [same] = compareArms([{ arm: 'same', runs: runs(0, 4) }], runs(0, 4));
  expect(same).toMatchObject({ difference: { mean: 0, sd: 0, interval: [0, 0] }, bootstrap: [0, 0], p: 1 });
  expect(same).not.toHaveProperty('seedsNeeded');
  expect(same).not.toHaveProperty('declared');
});

test('a single pair has a difference and no more', () => {
  const [one] = compareArms([{ arm: 'l2', runs: runs(-0.125, 1) }], runs(0, 3));
  expect(one).toMatchObject({ leftOut: 2, p: 1, difference: { sd: null } });
  for (const absent of ['bootstrap', 'seedsNeeded', 'declared']) expect(one).not.toHaveProperty(absent);
});

test('arms without a pair are left out, and do not count for Holm', () => {
  const arms = [
    { arm: 'l2', runs: runs(-0.125, 6) },
    { arm: 'failed', runs: runs(0.1, 6, { status: 'failed' }) },
  ];
  const compared = compareArms(arms, runs(0, 6));
  expect(compared.map(({ arm }) => arm)).toEqual(['l2', 'l2']);
  expect(compared[0]).toMatchObject({ leastSeeds: 6, declared: 'better' });
});
