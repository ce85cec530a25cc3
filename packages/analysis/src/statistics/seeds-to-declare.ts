import { LEVEL } from './declare-differences.js';
import { leastSeeds } from './least-seeds.js';
import { normalCdf } from './normal-cdf.js';
import { seedsNeeded } from './seeds-needed.js';

/** The wanted probability of declaring. */
const POWER = 0.8;

/**
 * About how many seeds it takes to declare a difference of this size with a probability of .8: what a paired t-test needs at
 * the level of Holm's first step, and no fewer than the sign-flip test can do with. With the very fewest, that one asks
 * for the same sign at every seed, whose probability among normal differences is Φ(effect)^n; where that is too small, one
 * seed more.
 *
 * @param effect Mean of the paired differences in units of their standard deviation.
 * @param comparisons Arms compared with the baseline; at least 1.
 * @returns Undefined where it takes more than 1,000.
 */
export function seedsToDeclare(effect: number, comparisons: number): number | undefined {
  const needed = seedsNeeded(effect, { level: LEVEL / comparisons, power: POWER });
  if (needed === undefined) return undefined;
  const least = leastSeeds(comparisons, LEVEL);
  if (needed > least) return needed;
  return normalCdf(Math.abs(effect)) ** least < POWER ? least + 1 : least;
}
