import { cosPi } from './cos-pi.js';

test('is the cosine, to the last digits', () => {
  for (let i = 0; i <= 1000; i++)
    expect(Math.abs(cosPi(i / 1000) - Math.cos((Math.PI * i) / 1000))).toBeLessThan(6e-16);
});

test('is exact at its ends and in the middle', () => {
  expect([cosPi(0), cosPi(0.5), cosPi(1)]).toEqual([1, 0, -1]);
});
