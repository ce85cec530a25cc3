import { probabilityOfSuperiority } from './probability-of-superiority.js';

test('counts pairs, ties half', () => {
  expect(probabilityOfSuperiority([3, -1, 2, 0])).toBe(2.5 / 4);
  expect(probabilityOfSuperiority([0])).toBe(0.5);
  expect(probabilityOfSuperiority([-1, -2])).toBe(0);
});
