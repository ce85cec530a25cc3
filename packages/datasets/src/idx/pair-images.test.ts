import { errorOf } from '../error-of.test-support.js';
import { pairImages, type PairExpectation } from './pair-images.js';
import type { IdxArray } from './read-idx.js';

const expectation: PairExpectation = {
  size: [2, 3],
  classes: 4,
  names: { images: 'images.gz', labels: 'labels.gz' },
};
const array = (...shape: number[]): IdxArray => ({
  shape,
  values: new Uint8Array(shape.reduce((product, length) => product * length, 1)),
});
const labels = (...values: number[]): IdxArray => ({
  shape: [values.length],
  values: Uint8Array.from(values),
});

test('puts images and labels together without copying', () => {
  const images = array(2, 2, 3);
  const rows = pairImages(images, labels(3, 0), expectation);
  expect(rows.pixels).toBe(images.values);
  expect(rows.labels).toEqual(Uint8Array.of(3, 0));
});

test.each<[string, IdxArray, IdxArray, string]>([
  [
    'images of another size',
    array(2, 3, 2),
    labels(0, 0),
    'images.gz has the shape 2 x 3 x 2, expected images of 2 x 3',
  ],
  ['labels for images', array(2), labels(0, 0), 'images.gz has the shape 2'],
  ['images for labels', array(2, 2, 3), array(2, 2, 3), 'labels.gz has the shape 2 x 2 x 3'],
  ['a label too few', array(2, 2, 3), labels(0), 'images.gz has 2 images and labels.gz 1 labels'],
  ['no images', array(0, 2, 3), labels(), 'images.gz has no images'],
  [
    'a label out of range',
    array(2, 2, 3),
    labels(0, 4),
    'labels.gz has the label 4 in row 1, not one of 0 to 3',
  ],
])('refuses %s', (_, images, given, message) => {
  const error = errorOf(() => pairImages(images, given, expectation));
  expect(error).toMatchObject({ code: 'bad-data' });
  expect((error as Error).message).toContain(message);
});
