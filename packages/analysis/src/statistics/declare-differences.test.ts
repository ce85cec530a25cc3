import { randomStream } from '@wellfit/core/random';
import { declareDifferences } from './declare-differences.js';
import { tInterval } from './t-interval.js';
import { summarize } from '../summarize.js';

const ramp = (n: number, start: number) => Array.from({ length: n }, (_, i) => start + i / n);

test('declares where the interval excludes 0 and the adjusted p is small', () => {
  const [clear, open] = declareDifferences([ramp(10, 1), ramp(10, -0.4)]);
  expect(clear).toMatchObject({ p: 2 / 2 ** 10, adjustedP: 4 / 2 ** 10, isDeclared: true });
  expect(open).toMatchObject({
    isDeclared: false,
    difference: { n: 10, interval: [expect.any(Number), expect.any(Number)] },
  });
});

test.each([
  [1, 5, 6],
  [3, 6, 7],
])('with %d arms and %d seeds nothing can be declared, with %d it can', (arms, few, enough) => {
  const declared = (n: number) =>
    declareDifferences(new Array<number[]>(arms).fill(ramp(n, 5))).map(({ isDeclared }) => isDeclared);
  expect(declared(few)).toEqual(new Array(arms).fill(false));
  expect(declared(enough)).toEqual(new Array(arms).fill(true));
});

test('a small p is not enough where one wild seed keeps 0 in the interval', () => {
  const [wild] = declareDifferences([[...ramp(9, 1), 90]]);
  expect(wild.adjustedP).toBeLessThan(0.05);
  expect(wild.isDeclared).toBe(false);
});

test('a single seed declares nothing', () => {
  expect(declareDifferences([[-5]])).toMatchObject([{ p: 1, isDeclared: false }]);
});

/** `node tools/check-coverage.mjs` does this at length, also for seeds that are not normal. */
describe('by simulation, with a fixed seed', () => {
  const list = (n: number, draw: () => number) => Array.from({ length: n }, draw);

  test.each([5, 10, 20])(
    '95 %% intervals of a mean of %d normal values hold it 93 to 97 %% of the time',
    (n) => {
      const { normal } = randomStream(n, 'test/coverage');
      const repeats = 4000;
      let hits = 0;
      for (let i = 0; i < repeats; i++) {
        const [low, high] = tInterval(summarize(list(n, normal))) ?? [1, 1];
        hits += Number(low <= 0 && high >= 0);
      }
      expect(hits / repeats).toBeGreaterThan(0.93);
      expect(hits / repeats).toBeLessThan(0.97);
    },
  );

  test('of three arms that are like the baseline, any is declared different less than 5 % of the time', () => {
    const { normal } = randomStream(1, 'test/declarations');
    const repeats = 2000;
    let wrong = 0;
    for (let i = 0; i < repeats; i++) {
      const baseline = list(8, normal);
      const arms = list(3, () => 0).map(() => baseline.map((value) => normal() - value));
      wrong += Number(declareDifferences(arms).some(({ isDeclared }) => isDeclared));
    }
    expect(wrong / repeats).toBeLessThan(0.05);
    // The rule must not be so strict that it could never err.
    expect(wrong / repeats).toBeGreaterThan(0.01);
  });
});
