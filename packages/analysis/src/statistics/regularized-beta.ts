import { logGamma } from './log-gamma.js';

/** Far more than arguments up to a million need: about as many as the square root of the larger one. */
const MOST_STEPS = 10_000;

/**
 * The regularized incomplete beta function I_x(a, b): the probability that a beta variable is at most x.
 *
 * Source: its continued fraction (DLMF 8.17.22), evaluated by the modified Lentz method (Thompson and Barnett, J. Comput.
 * Phys. 64, 1986); on the side where that is slow, the symmetry I_x(a, b) = 1 - I_(1-x)(b, a) (DLMF 8.17.4).
 *
 * @param x From 0 to 1.
 * @param a Above 0.
 * @param b Above 0.
 * @param y 1 - x, where the caller knows it without cancellation.
 */
export function regularizedBeta(x: number, a: number, b: number, y = 1 - x): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y));
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(y, b, a)) / b;
}

/** 1 / (1 + d1 / (1 + d2 / (1 + ...))) of DLMF 8.17.22. */
function continuedFraction(x: number, a: number, b: number): number {
  const awayFromZero = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= MOST_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    result *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    result *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON) break;
  }
  return result;
}
