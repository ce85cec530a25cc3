/** B(2k) / (2k (2k - 1)) for k = 1 to 7, with the Bernoulli numbers B. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156];

/**
 * The natural logarithm of the gamma function, for z > 0, to about 15 digits.
 *
 * Source: Stirling's series (DLMF 5.11.1) from 10 on, where its next term is below 1e-16; smaller arguments are moved
 * there by Γ(z + 1) = z Γ(z) (DLMF 5.5.1).
 */
export function logGamma(z: number): number {
  let product = 1;
  let at = z;
  for (; at < 10; at += 1) product *= at;
  const series = STIRLING.reduceRight((sum, term) => sum / at ** 2 + term, 0) / at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
