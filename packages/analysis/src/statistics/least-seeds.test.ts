import { leastSeeds } from './least-seeds.js';
import { signFlipTest } from './sign-flip-test.js';

test.each([
  [1, 6],
  [2, 7],
  [3, 7],
  [4, 8],
  [10, 9],
])('%d comparisons need %d seeds', (comparisons, seeds) => {
  expect(leastSeeds(comparisons)).toBe(seeds);
  const smallest = (n: number) => comparisons * signFlipTest(new Array<number>(n).fill(1));
  expect(smallest(seeds)).toBeLessThan(0.05);
  expect(smallest(seeds - 1)).toBeGreaterThanOrEqual(0.05);
});

test('p must be below the level', () => {
  expect(leastSeeds(1, 2 / 2 ** 5)).toBe(6);
});
