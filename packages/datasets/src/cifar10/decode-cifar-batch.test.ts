import { errorOf } from '../error-of.test-support.js';
import type { ImageRows } from '../images/image-dataset.js';
import { decodeCifarBatch } from './decode-cifar-batch.js';

const room = (rows: number): ImageRows => ({
  pixels: new Uint8Array(rows * 3072),
  labels: new Uint8Array(rows),
});

/** Records whose planes hold the row's number plus 1, 2 and 3, with the first byte of each plane 10 more. */
function batch(...labels: number[]): Uint8Array {
  const bytes = new Uint8Array(labels.length * 3073);
  labels.forEach((label, row) => {
    bytes[row * 3073] = label;
    for (let channel = 0; channel < 3; channel++) {
      const start = row * 3073 + 1 + channel * 1024;
      bytes.fill(row + channel + 1, start, start + 1024);
      bytes[start] += 10;
    }
  });
  return bytes;
}

test('weaves the planes into pixels', () => {
  const out = room(3);
  decodeCifarBatch(batch(6, 9), out, 1, 'test.bin');
  expect(out.labels).toEqual(Uint8Array.of(0, 6, 9));
  expect([...out.pixels.subarray(0, 3072)].every((byte) => byte === 0)).toBe(true);
  expect([...out.pixels.subarray(3072, 3072 + 6)]).toEqual([11, 12, 13, 1, 2, 3]);
  expect([...out.pixels.subarray(6144, 6144 + 6)]).toEqual([12, 13, 14, 2, 3, 4]);
  expect([...out.pixels.subarray(-3)]).toEqual([2, 3, 4]);
});

test.each<[string, Uint8Array, string]>([
  [
    'a file that is cut off',
    batch(1, 2).subarray(0, -1),
    'test.bin has 6145 bytes, not a whole number of up to 2',
  ],
  ['more records than expected', batch(1, 2, 3), 'test.bin has 9219 bytes'],
  ['a label out of range', batch(1, 10), 'test.bin has the label 10 in row 1, not one of 0 to 9'],
])('refuses %s', (_, bytes, message) => {
  const error = errorOf(() => decodeCifarBatch(bytes, room(2), 0, 'test.bin'));
  expect(error).toMatchObject({ code: 'bad-data' });
  expect((error as Error).message).toContain(message);
});
