import { pairedTPower } from './paired-t-power.js';

/** What {@link seedsNeeded} may be told. */
export interface SeedsNeededOptions {
  /** Of the test; .05 by default. */
  readonly level?: number;
  /** The wanted probability of finding the difference; .8 by default. */
  readonly power?: number;
  /** More seeds are not thought of; 1,000 by default. */
  readonly most?: number;
}

/** Power is 1 beyond this, and the series of the noncentral t-distribution grows long. */
const LARGEST_EFFECT = 100;

/**
 * How many seeds a two-sided paired t-test needs to find a difference of this size: the fewest that reach the power. A size
 * that was seen in a few seeds is itself a guess, so this is one too.
 *
 * @param effect Mean of the paired differences in units of their standard deviation; sizes above 100 count as 100.
 * @returns Undefined where more than `most` are needed.
 * @example
 * seedsNeeded(0.5); // 34
 */
export function seedsNeeded(
  effect: number,
  { level = 0.05, power = 0.8, most = 1000 }: SeedsNeededOptions = {},
): number | undefined {
  const size = Math.min(Math.abs(effect), LARGEST_EFFECT);
  const isEnough = (pairs: number) => pairedTPower(size, pairs, level) >= power;
  if (!(size > 0)) return undefined;
  let enough = 2;
  while (!isEnough(enough)) {
    if (enough >= most) return undefined;
    enough = Math.min(most, 2 * enough);
  }
  let tooFew = Math.floor(enough / 2);
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
