import type { ArmComparison, ExperimentAnalysis } from '@wellfit/core';
import { comparedName } from './compared-names.js';
import { formatCount, formatDifference, formatP } from './number-format.js';

/**
 * What the comparisons with the baseline show, a sentence for each arm, in plain words first: those that are declared,
 * then those that are not, with the number of seeds that it would take. None for records of before there were comparisons.
 */
export function comparisonSentences({ baseline, comparisons = [] }: ExperimentAnalysis): string[] {
  const deciding = comparisons.filter(({ decides }) => decides);
  const declared = deciding.filter((comparison) => comparison.declared !== undefined);
  const undeclared = deciding.filter((comparison) => comparison.declared === undefined);
  const open = undeclared.filter((comparison) => !isSame(comparison));
  return [
    ...declared.map((comparison) => declaredSentence(comparison, baseline)),
    ...open.map((comparison) => openSentence(comparison, baseline)),
    ...tooFewSentence(open),
    ...undeclared.filter(isSame).map((comparison) => sameSentence(comparison, baseline, comparisons)),
  ];
}

function declaredSentence(comparison: ArmComparison, baseline: string): string {
  const { arm, declared, adjustedP } = comparison;
  const p = `p ${sign(formatP(adjustedP))}`;
  return `${arm} fits ${declared} than ${baseline}: ${change(comparison, [p, seeds(comparison)])}.`;
}

function openSentence(comparison: ArmComparison, baseline: string): string {
  const { arm, pairs, diverged, leastSeeds, adjustedP } = comparison;
  const head = `${arm} against ${baseline}: not declared`;
  if (diverged > 0) {
    const where = `a run diverged at ${count(diverged, 'seed')}`;
    return `${head}, as ${where}; elsewhere ${change(comparison, [seeds(comparison)])}.`;
  }
  if (pairs.length < leastSeeds)
    return `${head}, ${seeds(comparison)}; ${needed(comparison)}. So far: ${change(comparison)}.`;
  const numbers = [`p ${sign(formatP(adjustedP))}`, seeds(comparison)];
  return `${head}; ${needed(comparison)}: ${change(comparison, numbers)}.`;
}

/** Where every seed gives the same number, as where early stopping ends a run after its best epoch. */
function sameSentence(
  { arm, number, pairs }: ArmComparison,
  baseline: string,
  comparisons: readonly ArmComparison[],
): string {
  const final = comparisons.find((other) => other.arm === arm && other.number === 'final_val_data_loss');
  const where = pairs.length === 1 ? `at the one seed` : `at each of ${pairs.length} seeds`;
  const end = final === undefined || isSame(final) ? '' : `; ${change(final)}`;
  return `${arm} has the same ${comparedName(number)} as ${baseline} ${where}${end}.`;
}

/** A user with few seeds must know that it is the test that cannot answer, not the arms that are alike. */
function tooFewSentence(open: readonly ArmComparison[]): string[] {
  const few = open.filter(({ pairs, leastSeeds }) => pairs.length > 1 && pairs.length < leastSeeds);
  if (few.length === 0) return [];
  const least = Math.max(...few.map(({ leastSeeds }) => leastSeeds));
  const size = open.length === 1 ? '' : ', with so many arms compared at once';
  return [`With fewer than ${least} seeds no difference can be told from chance${size}: --seeds ${least}.`];
}

function isSame({ pairs }: ArmComparison): boolean {
  return pairs.every(({ difference }) => difference === 0);
}

/** `lowest validation loss -0.021 (95 % -0.034 to -0.009, p = 0.031, 10 seeds)` */
function change({ number, difference }: ArmComparison, further: readonly string[] = []): string {
  const { mean, interval } = formatDifference(difference);
  const brackets = [...(interval === undefined ? [] : [`95 % ${interval}`]), ...further];
  const behind = brackets.length === 0 ? '' : ` (${brackets.join(', ')})`;
  return `${comparedName(number)} ${mean}${behind}`;
}

function seeds({ pairs, leftOut }: ArmComparison): string {
  if (leftOut === 0) return count(pairs.length, 'seed');
  return `${pairs.length} of ${count(pairs.length + leftOut, 'seed')}`;
}

function needed({ pairs, leastSeeds, seedsNeeded, difference }: ArmComparison): string {
  if (difference.sd === null) return `at least ${leastSeeds} seeds are needed`;
  if (seedsNeeded === undefined) return 'more than 1,000 seeds would be needed';
  if (pairs.length < leastSeeds && seedsNeeded === leastSeeds) return `at least ${leastSeeds} are needed`;
  if (seedsNeeded <= pairs.length) return 'a few more seeds would be needed';
  return `about ${formatCount(seedsNeeded)}${pairs.length < leastSeeds ? '' : ' seeds'} would be needed`;
}

function sign(p: string): string {
  return p.startsWith('<') ? p : `= ${p}`;
}

function count(n: number, noun: string): string {
  return `${formatCount(n)} ${noun}${n === 1 ? '' : 's'}`;
}
