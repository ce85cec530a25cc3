import { holm, leastSeeds, seedsToDeclare } from '@wellfit/analysis';
import type { ArmComparison, ExperimentAnalysis } from '@wellfit/core';

/** The level of `analysis`: what is declared has an adjusted p below it. */
const LEVEL = 0.05;

/**
 * Adjusts comparisons that were made one arm at a time for how many there are together: with twenty arms, one in twenty
 * would seem better by chance. Holm's adjustment over a larger family only makes p larger, so that what is declared over all
 * was declared before.
 */
export function widenFamily(analyses: readonly ExperimentAnalysis[]): ExperimentAnalysis[] {
  const all = analyses.flatMap(({ comparisons = [] }) => comparisons);
  const adjusted = new Map<ArmComparison, ArmComparison>();
  for (const number of new Set(all.map((comparison) => comparison.number))) {
    const family = all.filter((comparison) => comparison.number === number);
    const p = holm(family.map((comparison) => comparison.p));
    for (const [i, comparison] of family.entries()) {
      adjusted.set(comparison, within(comparison, p[i], family.length));
    }
  }
  return analyses.map((analysis) => ({
    ...analysis,
    comparisons: (analysis.comparisons ?? []).flatMap((comparison) => adjusted.get(comparison) ?? []),
  }));
}

function within(comparison: ArmComparison, adjustedP: number, family: number): ArmComparison {
  const { declared, seedsNeeded: _, difference, ...rest } = comparison;
  const { mean, sd } = difference;
  const needed = sd === null ? undefined : seedsToDeclare(mean / sd, family);
  return {
    ...rest,
    difference,
    adjustedP,
    leastSeeds: leastSeeds(family, LEVEL),
    ...(needed !== undefined && { seedsNeeded: needed }),
    ...(declared !== undefined && adjustedP < LEVEL && { declared }),
  };
}
