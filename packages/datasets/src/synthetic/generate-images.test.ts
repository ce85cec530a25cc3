import { createHash } from 'node:crypto';
import { generateImages } from './generate-images.js';

const clean = { noise: 0, seed: 1 };

test('never changes: results on these images stay comparable from version to version', () => {
  const { pixels, labels } = generateImages({ noise: 0.02, seed: 1 }, 'test', 200);
  const digest = createHash('sha256').update(pixels).update(labels).digest('hex').slice(0, 16);
  expect(digest).toBe('65677cda3a963eaf');
});

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

test('another seed and another part give other images; fewer are the first of more', () => {
  const first = generateImages(clean, 'train', 20).pixels;
  expect(same(generateImages({ ...clean, seed: 2 }, 'train', 20).pixels, first)).toBe(false);
  expect(same(generateImages(clean, 'test', 20).pixels, first)).toBe(false);
  expect(same(generateImages(clean, 'train', 50).pixels.subarray(0, first.length), first)).toBe(true);
});

test('all classes are about equally frequent', () => {
  const counts = new Array<number>(10).fill(0);
  for (const label of generateImages(clean, 'train', 1000).labels) counts[label] += 1;
  expect(Math.min(...counts)).toBeGreaterThan(60);
  expect(Math.max(...counts)).toBeLessThan(140);
});

test('noise makes that share of the labels wrong, and leaves the images alone', () => {
  const right = generateImages(clean, 'train', 1000);
  const noisy = generateImages({ ...clean, noise: 0.3 }, 'train', 1000);
  expect(same(noisy.pixels, right.pixels)).toBe(true);
  const wrong = noisy.labels.filter((label, row) => label !== right.labels[row]).length;
  expect(wrong).toBeGreaterThan(240);
  expect(wrong).toBeLessThan(360);
});
