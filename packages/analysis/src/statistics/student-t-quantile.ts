import { solveDecreasing } from './solve-decreasing.js';
import { studentTPValue } from './student-t-p-value.js';

/**
 * The value that a Student-t variable stays below with a probability: the inverse of `studentTCdf`, by bisection.
 *
 * @param probability Between 0 and 1, both excluded.
 * @param df Degrees of freedom, above 0.
 * @throws RangeError for any other.
 * @example
 * studentTQuantile(0.975, 4); // 2.776
 */
export function studentTQuantile(probability: number, df: number): number {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`probability must lie between 0 and 1, got ${probability}`);
  if (!(df > 0)) throw new RangeError(`degrees of freedom must be above 0, got ${df}`);
  const tails = 2 * Math.min(probability, 1 - probability);
  const distance = solveDecreasing((t) => studentTPValue(t, df), tails);
  return probability < 0.5 ? -distance : distance;
}
