import type { History } from '@wellfit/core';
import { isFinished } from './is-finished.js';
import { runNumbers } from './run-numbers.js';

/** One number of two arms, seed by seed. */
export interface PairedDifferences {
  /** Arm minus baseline, for each seed with a finished run of both that has the number; in ascending order of seeds. */
  readonly pairs: readonly { readonly seed: number; readonly difference: number }[];
  /** Seeds of either arm that are no pair. */
  readonly leftOut: number;
  /** Seeds at which a run of either diverged. */
  readonly diverged: number;
}

/**
 * Pairs two arms by seed: with the same seed they share initial weights, where shapes agree, and the order of batches.
 *
 * @param number A key of `runNumbers`.
 */
export function pairedDifferences(
  arm: readonly History[],
  baseline: readonly History[],
  number: string,
): PairedDifferences {
  const own = finishedBySeed(arm, number);
  const others = finishedBySeed(baseline, number);
  const runs = [...arm, ...baseline];
  const seeds = [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b);
  const pairs = seeds.flatMap((seed) => {
    const [value, other] = [own.get(seed), others.get(seed)];
    return value === undefined || other === undefined ? [] : [{ seed, difference: value - other }];
  });
  const diverged = runs.filter(({ status }) => status === 'diverged').map(({ seed }) => seed);
  return { pairs, leftOut: seeds.length - pairs.length, diverged: new Set(diverged).size };
}

function finishedBySeed(runs: readonly History[], number: string): Map<number, number> {
  return new Map(
    runs.filter(isFinished).flatMap((run) => {
      const value = runNumbers(run)[number];
      return value === undefined ? [] : [[run.seed, value] as const];
    }),
  );
}
