import { randomStream } from '@wellfit/core/random';
import { bootstrapMeans, countedMean } from './bootstrap-means.js';

const values = [0.1, 0.7, -0.3];

test('draws each resample as often as the others', () => {
  // Of 27 ordered resamples, 6 hold each value once, and 1 only the first.
  const means = bootstrapMeans(values, 27_000, randomStream(1, 'test'));
  const share = (mean: number) => means.filter((other) => other === mean).length / means.length;
  // Five standard errors.
  expect(Math.abs(share(countedMean(values, [1, 1, 1])) - 6 / 27)).toBeLessThan(0.013);
  expect(Math.abs(share(countedMean(values, [3, 0, 0])) - 1 / 27)).toBeLessThan(0.006);
});

test('comes in ascending order, the same for the same seed', () => {
  const means = bootstrapMeans(values, 500, randomStream(1, 'test'));
  expect([...means]).toEqual([...means].sort((a, b) => a - b));
  expect(bootstrapMeans(values, 500, randomStream(1, 'test'))).toEqual(means);
  expect(bootstrapMeans(values, 500, randomStream(2, 'test'))).not.toEqual(means);
});
