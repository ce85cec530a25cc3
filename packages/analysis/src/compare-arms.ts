import type { ArmComparison, History } from '@wellfit/core';
import { type ComparedNumber, comparedNumbers } from './compared-numbers.js';
import { type PairedDifferences, pairedDifferences } from './paired-differences.js';
import { bcaInterval } from './statistics/bca-interval.js';
import { declareDifferences, LEVEL, type TestedDifferences } from './statistics/declare-differences.js';
import { leastSeeds } from './statistics/least-seeds.js';
import { probabilityOfSuperiority } from './statistics/probability-of-superiority.js';
import { seedsToDeclare } from './statistics/seeds-to-declare.js';

/** The runs of one arm. */
export interface ArmRuns {
  readonly arm: string;
  readonly runs: readonly History[];
}

/**
 * Compares arms with the baseline, paired by seed: for each number that they are compared by, one comparison for each arm
 * that has a pair, in the order of the arms. The rules, and what they hold, are in `docs/statistics.md`.
 */
export function compareArms(arms: readonly ArmRuns[], baseline: readonly History[]): ArmComparison[] {
  return comparedNumbers.flatMap((compared) => {
    const paired = arms
      .map(({ arm, runs }) => ({ arm, ...pairedDifferences(runs, baseline, compared.number) }))
      .filter(({ pairs }) => pairs.length > 0);
    const tested = declareDifferences(paired.map(({ pairs }) => pairs.map(({ difference }) => difference)));
    return paired.map((found, i) => comparison(compared, found, tested[i], paired.length));
  });
}

function comparison(
  { number, better, decides }: ComparedNumber,
  { arm, pairs, leftOut, diverged }: PairedDifferences & Pick<ArmRuns, 'arm'>,
  { difference, p, adjustedP, isDeclared }: TestedDifferences,
  family: number,
): ArmComparison {
  const differences = pairs.map((pair) => pair.difference);
  const { mean, sd } = difference;
  const bootstrap = bcaInterval(differences, { expand: true });
  const needed = sd === null ? undefined : seedsToDeclare(mean / sd, family);
  // Seeds at which a run diverged are the worst of its arm: what is left would flatter it.
  const counts = decides && isDeclared && diverged === 0;
  return {
    arm,
    number,
    better,
    decides,
    pairs,
    leftOut,
    diverged,
    difference,
    ...(bootstrap && { bootstrap }),
    superiority: probabilityOfSuperiority(better === 'higher' ? differences : differences.map((d) => -d)),
    p,
    adjustedP,
    leastSeeds: leastSeeds(family, LEVEL),
    ...(needed !== undefined && { seedsNeeded: needed }),
    ...(counts && { declared: mean < 0 === (better === 'lower') ? 'better' : 'worse' }),
  };
}
