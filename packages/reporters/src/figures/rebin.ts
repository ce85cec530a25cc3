import type { Distribution } from '@wellfit/core';

/** A stretch of the x-axis. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Shares of a distribution's values in bins of equal width over another range, which must contain its own. Values are
 * taken to be spread evenly within each of its own bins; where all are equal, one bin holds them all.
 *
 * @returns `bins` numbers whose sum is 1.
 */
export function rebin({ min, max, counts }: Distribution, range: Range, bins: number): number[] {
  const shares = new Array<number>(bins).fill(0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const position = (x: number) => (bins * (x - range.min)) / (range.max - range.min);
  const width = (max - min) / counts.length;
  counts.forEach((count, i) => {
    if (count === 0) return;
    const from = position(min + i * width);
    const to = position(min + (i + 1) * width);
    // Rounding may put an edge of the range a little outside it.
    const first = Math.min(bins - 1, Math.max(0, Math.floor(from)));
    const last = Math.max(first, Math.min(bins - 1, Math.ceil(to) - 1));
    if (first === last) {
      shares[first] += count / total;
      return;
    }
    for (let bin = first; bin <= last; bin += 1) {
      const covered = Math.min(to, bin + 1) - Math.max(from, bin);
      shares[bin] += ((count / total) * covered) / (to - from);
    }
  });
  return shares;
}

/** The range that holds all distributions; of some width also where all their values are equal. */
export function commonRange(distributions: readonly Distribution[]): Range {
  const min = Math.min(...distributions.map((one) => one.min));
  const max = Math.max(...distributions.map((one) => one.max));
  // Below what float32 tells apart at this size, bins would have no width.
  if (max - min > 1e-6 * Math.max(Math.abs(min), Math.abs(max))) return { min, max };
  const room = Math.max(1, Math.abs(max));
  return { min: min - room, max: max + room };
}
