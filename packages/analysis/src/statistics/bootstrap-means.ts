import type { RandomStream } from '@wellfit/core/random';

/**
 * Means of resamples: as many values as there are, drawn from them with replacement.
 *
 * Source: B. Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 7 (1979).
 *
 * @param resamples How many means.
 * @returns The means in ascending order. Sums run in the order of the values, so that a
 * resample that holds each value once has, to the last bit, the mean of the values themselves.
 */
export function bootstrapMeans(
  values: readonly number[],
  resamples: number,
  random: RandomStream,
): Float64Array {
  const counts = new Uint32Array(values.length);
  const means = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    counts.fill(0);
    for (let draw = 0; draw < values.length; draw++) counts[random.below(values.length)] += 1;
    means[i] = countedMean(values, counts);
  }
  return means.sort();
}

/** The mean of values of which each is there so many times; sums run in the order of the values. */
export function countedMean(values: readonly number[], counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += counts[i] * values[i];
  return sum / values.length;
}
