import { randomStream } from '@wellfit/core/random';

/** Up to so many pairs every pattern of signs is tried. */
const EXACT_UP_TO = 14;
/** Patterns that are drawn above that: the smallest p is then 1 / 2^14. */
const DRAWN = 2 ** EXACT_UP_TO - 1;
/** Sums this close, in shares of the sum of all sizes, are equal but for rounding. */
const TIE = 1e-12;

/**
 * The two-sided sign-flip (paired permutation) test on the mean: the share of all patterns of signs that put the mean of
 * the differences at least as far from 0 as it is. It asks only that, where there is no difference, each sign is as likely
 * as the other. All 2^n patterns are tried up to n = 14; above, 16,383 are drawn, and p is (1 + hits) / (1 + drawn).
 *
 * Sources: R. A. Fisher, The Design of Experiments (1935), section 21; for drawn patterns B. Phipson and G. K. Smyth,
 * Permutation p-values should never be zero, Stat. Appl. Genet. Mol. Biol. 9 (2010).
 *
 * @param differences At least 1, finite; pairs without a difference count.
 * @param seed Of the drawing; 0 by default.
 * @returns p, at least 2 / 2^n, or 1 / 2^14 above n = 14.
 * @example
 * signFlipTest([-0.3, -0.1, -0.2, -0.4, -0.2, -0.3]); // 2 / 64
 */
export function signFlipTest(differences: readonly number[], seed = 0): number {
  if (differences.length === 0) throw new RangeError('signFlipTest needs at least one difference, got none');
  const largest = Math.max(...differences.map(Math.abs));
  if (largest === 0) return 1;
  // In shares of the largest, so that no sum overflows.
  const shares = differences.map((difference) => difference / largest);
  const sizes = shares.reduce((sum, share) => sum + Math.abs(share), 0);
  const seen = Math.abs(shares.reduce((sum, share) => sum + share, 0)) - TIE * sizes;
  return shares.length <= EXACT_UP_TO ? exact(shares, seen) : drawn(shares, seen, seed);
}

function exact(shares: readonly number[], seen: number): number {
  const hits = (sum: number, from: number): number => {
    if (from === shares.length) return Number(Math.abs(sum) >= seen);
    return hits(sum + shares[from], from + 1) + hits(sum - shares[from], from + 1);
  };
  // A pattern and its opposite are equally far from 0, so the first sign can stay.
  return hits(shares[0], 1) / 2 ** (shares.length - 1);
}

function drawn(shares: readonly number[], seen: number, seed: number): number {
  const random = randomStream(seed, 'analysis/sign-flip');
  let hits = 0;
  for (let i = 0; i < DRAWN; i++) {
    let sum = 0;
    let bits = 0;
    for (let j = 0; j < shares.length; j++) {
      bits = j % 32 === 0 ? random.uint32() : bits >>> 1;
      sum += bits & 1 ? shares[j] : -shares[j];
    }
    hits += Number(Math.abs(sum) >= seen);
  }
  return (1 + hits) / (1 + DRAWN);
}
