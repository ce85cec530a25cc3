import { regularizedBeta } from './regularized-beta.js';

/**
 * The probability that a Student-t variable lies at least as far from 0 as `t`, on either side.
 *
 * Source: I_x(df / 2, 1 / 2) at x = df / (df + t²) (DLMF 8.17, Abramowitz and Stegun 26.7.1).
 *
 * @param df Degrees of freedom, above 0.
 */
export function studentTPValue(t: number, df: number): number {
  // Quotients, since the square of a large t would overflow.
  const ratio = (t / df) * t;
  return regularizedBeta(1 / (1 + ratio), df / 2, 0.5, 1 / (1 + 1 / ratio));
}
