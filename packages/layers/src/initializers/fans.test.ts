import { fans } from './fans.js';

test.each([
  ['a dense kernel', [10000, 16], { in: 10000, out: 16 }],
  ['a convolution kernel', [3, 5, 16, 32], { in: 240, out: 480 }],
  ['a one-dimensional convolution kernel', [7, 4, 8], { in: 28, out: 56 }],
  ['a vector', [12], { in: 12, out: 12 }],
  ['a scalar', [], { in: 1, out: 1 }],
])('counts those of %s', (_, shape, expected) => {
  expect(fans(shape)).toEqual(expected);
});
