import { seedsNeeded } from './seeds-needed.js';

// SciPy 1.17: the first n of 2, 3, ... whose power by stats.nct reaches it; `needed(effect, level, power)` of
// tools/reference/statistics.py.
test.each([
  [0.2, 0.05, 0.8, 199],
  [0.5, 0.05, 0.8, 34],
  [1, 0.05, 0.8, 10],
  [2, 0.05, 0.8, 5],
  [5, 0.05, 0.8, 3],
  [1, 0.05 / 3, 0.8, 14],
  [1, 0.01, 0.95, 22],
])('an effect of %d at level %d with power %d needs %d', (effect, level, power, expected) => {
  expect(seedsNeeded(effect, { level, power })).toBe(expected);
  expect(seedsNeeded(-effect, { level, power })).toBe(expected);
});

test('the default is level .05 and power .8', () => {
  expect(seedsNeeded(0.5)).toBe(34);
});

test('says nothing where it takes more than anybody will run, or there is nothing to find', () => {
  expect(seedsNeeded(0.01)).toBeUndefined();
  expect(seedsNeeded(0.5, { most: 33 })).toBeUndefined();
  expect(seedsNeeded(0.5, { most: 34 })).toBe(34);
  expect([0, NaN].map((effect) => seedsNeeded(effect))).toEqual([undefined, undefined]);
});

test('an effect without spread needs the two seeds that a test needs', () => {
  expect(seedsNeeded(Infinity)).toBe(2);
});
