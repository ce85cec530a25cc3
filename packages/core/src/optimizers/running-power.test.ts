import { runningPower } from './running-power.js';

test('gives powers for exponents that count up, repeat and go back', () => {
  const power = runningPower(0.5);
  expect([0, 1, 2, 2, 5, 3, 0, 1].map(power)).toEqual([1, 0.5, 0.25, 0.25, 0.03125, 0.125, 1, 0.5]);
});

test('gives the same bits whatever was asked before', () => {
  const stepped = runningPower(0.999);
  for (let exponent = 1; exponent < 1000; exponent++) stepped(exponent);
  expect(stepped(1000)).toBe(runningPower(0.999)(1000));
  expect(stepped(1000)).toBeCloseTo(0.999 ** 1000, 14);
});
