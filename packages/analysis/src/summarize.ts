import type { Summary } from '@wellfit/core';
import { tInterval } from './statistics/t-interval.js';

/**
 * Mean, its 95 % interval by Student's t, sample standard deviation (n - 1, two-pass), smallest and largest of some numbers.
 * The order of the numbers does not matter, not even for the last bit.
 *
 * @param values At least one, finite.
 * @throws RangeError without values.
 * @example
 * summarize([1, 2, 3]); // { mean: 2, sd: 1, min: 1, max: 3, n: 3, interval: [-0.48, 4.48] }
 */
export function summarize(values: readonly number[]): Summary {
  const n = values.length;
  if (n === 0) throw new RangeError('summarize needs at least one value, got none');
  const sorted = [...values].sort((a, b) => a - b);
  const sum = (terms: readonly number[]): number => terms.reduce((total, term) => total + term, 0);
  const mean = sum(sorted) / n;
  const sd = n > 1 ? Math.sqrt(sum(sorted.map((value) => (value - mean) ** 2)) / (n - 1)) : null;
  const interval = tInterval({ mean, sd, n });
  return { mean, sd, min: sorted[0], max: sorted[n - 1], n, ...(interval && { interval }) };
}
