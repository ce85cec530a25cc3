type Sides = [number, number];

/** A convolution whose gradients are to agree with the cpu backend's. */
export interface ConvCase {
  /** `[rows, height, width, channels]`. */
  readonly input: [number, number, number, number];
  /** `[height, width, channels in, channels out]`. */
  readonly filter: [number, number, number, number];
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number | [Sides, Sides, Sides, Sides];
}

const explicit = (top: number, bottom: number, left: number, right: number): ConvCase['pad'] => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];

/** Odd and even sizes, one row, one pixel, filters larger than the image, strides that leave pixels unread. */
export const convCases: readonly ConvCase[] = [
  { input: [4, 8, 8, 3], filter: [3, 3, 3, 5], strides: 1, pad: 'same' },
  { input: [4, 8, 8, 3], filter: [3, 3, 3, 5], strides: 1, pad: 'valid' },
  { input: [1, 7, 5, 2], filter: [3, 2, 2, 4], strides: 1, pad: 'same' },
  { input: [1, 1, 1, 1], filter: [1, 1, 1, 1], strides: 1, pad: 'valid' },
  { input: [3, 6, 6, 4], filter: [1, 1, 4, 2], strides: 1, pad: 'same' },
  { input: [3, 6, 6, 4], filter: [1, 1, 4, 2], strides: 2, pad: 'same' },
  { input: [2, 3, 2, 2], filter: [5, 5, 2, 3], strides: 1, pad: 'same' },
  { input: [2, 3, 2, 2], filter: [5, 5, 2, 3], strides: 2, pad: 'same' },
  { input: [2, 4, 5, 2], filter: [4, 5, 2, 3], strides: 1, pad: 'valid' },
  { input: [2, 8, 8, 3], filter: [3, 3, 3, 4], strides: 2, pad: 'same' },
  { input: [2, 8, 8, 3], filter: [3, 3, 3, 4], strides: 2, pad: 'valid' },
  { input: [2, 9, 7, 3], filter: [2, 3, 3, 4], strides: [3, 2], pad: 'valid' },
  { input: [2, 9, 7, 3], filter: [2, 3, 3, 4], strides: [1, 4], pad: 'same' },
  { input: [2, 10, 10, 2], filter: [2, 2, 2, 3], strides: 5, pad: 'valid' },
  { input: [2, 6, 5, 2], filter: [3, 3, 2, 3], strides: 1, pad: 2 },
  { input: [2, 6, 5, 2], filter: [3, 3, 2, 3], strides: 2, pad: 1 },
  { input: [2, 6, 5, 2], filter: [2, 2, 2, 3], strides: 1, pad: explicit(3, 0, 1, 2) },
  { input: [2, 6, 5, 2], filter: [3, 2, 2, 3], strides: [2, 3], pad: explicit(0, 4, 3, 1) },
  // Enough channels for the way of Winograd, with tiles that stand over at one side or both.
  { input: [2, 7, 5, 16], filter: [3, 3, 16, 20], strides: 1, pad: 'same' },
  { input: [3, 7, 5, 20], filter: [3, 3, 20, 16], strides: 1, pad: 'valid' },
  { input: [1, 6, 5, 16], filter: [3, 3, 16, 16], strides: 1, pad: 2 },
  { input: [1, 4, 9, 16], filter: [3, 3, 16, 16], strides: 1, pad: explicit(0, 2, 1, 3) },
];
