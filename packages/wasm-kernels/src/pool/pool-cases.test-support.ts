import { normal } from '../same-as-cpu.test-support.js';

type Extent = number | [number, number];

/** Shape of the images, size of the window, strides, padding. */
export type PoolCase = [number[], Extent, Extent, 'same' | 'valid' | number];

/** Windows that tile the image, leave pixels out, share pixels, stand over; channels in fours, beyond, below. */
export const poolCases: PoolCase[] = [
  [[2, 8, 8, 3], 2, 2, 'valid'],
  [[2, 8, 8, 8], 2, 2, 'valid'],
  [[3, 8, 6, 9], 2, 2, 'same'],
  [[1, 7, 5, 2], 2, 2, 'same'],
  [[1, 7, 5, 6], 2, 2, 'same'],
  [[1, 7, 5, 2], 2, 2, 'valid'],
  [[2, 7, 5, 4], 2, 2, 'valid'],
  [[2, 6, 6, 4], 2, 2, 1],
  [[2, 6, 7, 2], 3, 2, 'same'],
  [[2, 6, 7, 5], 3, 1, 'same'],
  [[2, 6, 7, 12], 3, 1, 'same'],
  [[2, 6, 7, 4], 2, 1, 'valid'],
  [[2, 7, 7, 4], 2, 3, 'valid'],
  [[2, 6, 7, 2], [2, 3], [3, 1], 'valid'],
  [[2, 6, 6, 4], [2, 2], [2, 1], 'valid'],
  [[1, 2, 2, 1], 5, 1, 'same'],
  [[2, 5, 5, 2], 3, 2, 1],
  [[1, 1, 1, 1], 1, 1, 'valid'],
  [[2, 4, 5, 7], 1, 2, 'valid'],
  [[0, 4, 4, 5], 2, 2, 'valid'],
];

/** Images in which maxima are found in different ways. */
export const poolInputs: Readonly<Record<string, (shape: number[]) => Float32Array>> = {
  drawn: (shape) => normal(shape, 'x'),
  negative: (shape) => normal(shape, 'x').map((value) => -Math.abs(value) - 1),
  'often equal': (shape) => normal(shape, 'x').map((value) => Math.round(Math.max(value, -0.5))),
  'mostly minus infinity': (shape) => normal(shape, 'x').map((value) => (value > 1 ? value : -Infinity)),
};
