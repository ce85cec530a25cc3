import type { Logs } from '@wellfit/core';

/** A logged number that is not as it was recorded. */
export interface LogDifference {
  readonly log: string;
  readonly recorded: number;
  readonly replayed: number;
  /** Its absolute value. */
  readonly difference: number;
}

/** How far a loss may be off on another backend: this much, or this share of it, whichever is more. */
const tolerance = { absolute: 1e-3, relative: 1e-2 } as const;

/** How many epochs are compared with a tolerance: rounding errors grow with every step, and tell nothing later on. */
export const tolerantEpochs = 3;

/** The logged number that differs most; undefined where all are the same. */
export function largestDifference(recorded: Logs, replayed: Logs): LogDifference | undefined {
  return differences(recorded, replayed)
    .filter(({ difference }) => difference !== 0)
    .sort(byDifference)[0];
}

/** The loss that differs most, and the worst of those that differ by more than is allowed. */
export function compareLosses(
  recorded: Logs,
  replayed: Logs,
): { readonly largest?: LogDifference; readonly tooLarge?: LogDifference } {
  const losses = differences(recorded, replayed).filter(({ log }) => log.endsWith('loss'));
  // Written so that a loss that is missing now, and gives NaN, is too large.
  const tooLarge = losses.filter((one) => !(one.difference <= allowed(one.recorded)));
  return { largest: losses.sort(byDifference)[0], tooLarge: tooLarge.sort(byDifference)[0] };
}

/** By how much a loss may differ. */
export function allowed(recorded: number): number {
  return Math.max(tolerance.absolute, tolerance.relative * Math.abs(recorded));
}

function differences(recorded: Logs, replayed: Logs): LogDifference[] {
  return Object.entries(recorded).map(([log, before]) => {
    const now = replayed[log] ?? NaN;
    return { log, recorded: before, replayed: now, difference: Math.abs(now - before) };
  });
}

/** The largest first; what is no number stands before all. */
function byDifference(a: LogDifference, b: LogDifference): number {
  const size = ({ difference }: LogDifference): number => (Number.isNaN(difference) ? Infinity : difference);
  return size(a) === size(b) ? 0 : size(b) - size(a);
}
