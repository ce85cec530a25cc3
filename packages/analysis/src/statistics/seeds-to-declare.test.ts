import { randomStream } from '@wellfit/core/random';
import { declareDifferences } from './declare-differences.js';
import { seedsToDeclare } from './seeds-to-declare.js';

test('is what the t-test needs where the sign-flip test can do with that', () => {
  // SciPy, as in seeds-needed.test.ts.
  expect(seedsToDeclare(0.5, 1)).toBe(34);
  expect(seedsToDeclare(-1, 3)).toBe(14);
  expect(seedsToDeclare(0.01, 1)).toBeUndefined();
});

test('is no less than the sign-flip test can do with', () => {
  expect(seedsToDeclare(3, 1)).toBe(6);
  expect(seedsToDeclare(Infinity, 3)).toBe(7);
  // Six seeds of one sign have a probability of Φ(1.5)^6 = .66 only.
  expect(seedsToDeclare(1.5, 1)).toBe(7);
});

test.each([1, 1.5, 2])('so many seeds declare an effect of %d deviations four times in five', (effect) => {
  const seeds = seedsToDeclare(effect, 1) ?? 0;
  const { normal } = randomStream(1, 'test/power');
  const repeats = 1000;
  let found = 0;
  for (let i = 0; i < repeats; i++) {
    const differences = Array.from({ length: seeds }, () => effect + normal());
    found += Number(declareDifferences([differences])[0].isDeclared);
  }
  // Three standard errors below the .8 that was asked for.
  expect(found / repeats).toBeGreaterThan(0.76);
});
