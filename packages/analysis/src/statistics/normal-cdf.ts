/** From here on the continued fraction is quick, and the series would lose digits. */
const TAIL = 3;

/**
 * The probability that a standard normal variable is at most `z`, to about 13 digits of the smaller tail.
 *
 * Source: 1/2 + φ(z) (z + z³/3 + z⁵/15 + ...) (Abramowitz and Stegun 26.2.11); beyond 3, the continued fraction
 * φ(z) / (z + 1 / (z + 2 / (z + 3 / ...))) of the tail (26.2.14).
 */
export function normalCdf(z: number): number {
  if (z < -TAIL) return upperTail(-z);
  if (z > TAIL) return 1 - upperTail(z);
  let sum = 0;
  let term = z;
  for (let odd = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); odd += 2) {
    sum += term;
    term *= (z * z) / odd;
  }
  return 0.5 + density(z) * sum;
}

function upperTail(z: number): number {
  if (z === Infinity) return 0;
  let fraction = z;
  for (let k = 100; k >= 1; k--) fraction = z + k / fraction;
  return density(z) / fraction;
}

function density(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}
