import { scaleTable } from './scale-table.js';

/** Two pixels of two channels a row. */
const pixels = Uint8Array.of(0, 10, 4, 30, /**/ 2, 20, 6, 20, /**/ 255, 255, 255, 255);
const train = { pixels, size: 4, rows: Uint32Array.of(0, 1) };

test('unit divides by 255, as float32 does', () => {
  const table = scaleTable('unit', train, 2);
  expect(table).toHaveLength(256);
  expect([table[0], table[1], table[255]]).toEqual([0, Math.fround(1 / 255), 1]);
});

test('none leaves bytes as they are', () => {
  expect(scaleTable('none', train, 2)[77]).toBe(77);
});

test('standardize takes mean and deviation of all bytes of the training rows, and of no others', () => {
  // NumPy: x = [0, 10, 4, 30, 2, 20, 6, 20]; x.mean() is 11.5, x.std() 9.987492177719089
  const table = scaleTable('standardize', train, 2);
  expect(table).toHaveLength(256);
  expect(table[20]).toBeCloseTo((20 - 11.5) / 9.987492177719089, 6);
  expect(scaleTable('standardize', { pixels, size: 4 }, 2)[20]).not.toBeCloseTo(table[20], 1);
});

test('standardize-channels does so for each channel', () => {
  // NumPy: [0, 4, 2, 6] has mean 3 and std 2.23606797749979; [10, 30, 20, 20] has 20 and 7.0710678118654755
  const table = scaleTable('standardize-channels', train, 2);
  expect(table).toHaveLength(512);
  expect(table[6]).toBeCloseTo(3 / 2.23606797749979, 6);
  expect(table[256 + 30]).toBeCloseTo(10 / 7.0710678118654755, 6);
});

test('where all bytes are equal only the mean is subtracted', () => {
  const table = scaleTable('standardize', { pixels: Uint8Array.of(7, 7), size: 2 }, 1);
  expect([table[7], table[8]]).toEqual([0, 1]);
});
