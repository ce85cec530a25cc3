import { studentTPValue } from './student-t-p-value.js';

/**
 * The probability that a Student-t variable is at most `t`.
 *
 * @param df Degrees of freedom, above 0.
 */
export function studentTCdf(t: number, df: number): number {
  const tail = studentTPValue(t, df) / 2;
  return t < 0 ? tail : 1 - tail;
}
