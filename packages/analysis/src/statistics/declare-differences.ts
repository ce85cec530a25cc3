import type { Summary } from '@wellfit/core';
import { summarize } from '../summarize.js';
import { holm } from './holm.js';
import { signFlipTest } from './sign-flip-test.js';

/** A difference is declared where the adjusted p is below this, and its interval, of the rest, excludes 0. */
export const LEVEL = 0.05;

/** What the differences of one arm showed. */
export interface TestedDifferences {
  /** With the interval that decides. */
  readonly difference: Summary;
  /** Of the sign-flip test. */
  readonly p: number;
  /** By Holm over all that were given. */
  readonly adjustedP: number;
  readonly isDeclared: boolean;
}

/**
 * The rule by which differences are declared: the 95 % interval of the mean difference excludes 0, and p of the sign-flip
 * test, adjusted by Holm over all arms, is below .05. `docs/statistics.md` has how often it errs.
 *
 * @param arms For each arm its differences from the baseline, seed by seed; at least one each.
 */
export function declareDifferences(arms: readonly (readonly number[])[]): TestedDifferences[] {
  const pValues = arms.map((differences) => signFlipTest(differences));
  const adjusted = holm(pValues);
  return arms.map((differences, i) => {
    const difference = summarize(differences);
    const [low, high] = difference.interval ?? [-Infinity, Infinity];
    const isDeclared = adjusted[i] < LEVEL && (low > 0 || high < 0);
    return { difference, p: pValues[i], adjustedP: adjusted[i], isDeclared };
  });
}
