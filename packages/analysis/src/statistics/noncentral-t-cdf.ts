import { logGamma } from './log-gamma.js';
import { normalCdf } from './normal-cdf.js';
import { regularizedBeta } from './regularized-beta.js';

/**
 * The probability that a noncentral Student-t variable is at most `t`: what the t-test gives where there is a difference.
 *
 * Source: the series of R. V. Lenth, Algorithm AS 243, Applied Statistics 38 (1989), summed around its largest terms, in
 * logarithms, so that a large noncentrality does not underflow.
 *
 * @param df Degrees of freedom, above 0.
 * @param noncentrality Up to about 1,000 in size: the number of terms grows with it.
 */
export function noncentralTCdf(t: number, df: number, noncentrality: number): number {
  if (t < 0) return 1 - noncentralTCdf(-t, df, -noncentrality);
  const ratio = (t / df) * t;
  const [x, y] = [1 / (1 + 1 / ratio), 1 / (1 + ratio)];
  const rate = noncentrality ** 2 / 2;
  // Weights are those of a Poisson variable: ten deviations to either side leave out nothing that counts.
  const reach = 10 * Math.sqrt(rate) + 20;
  const last = Math.ceil(rate + reach);
  let sum = 0;
  for (let j = Math.max(0, Math.floor(rate - reach)); j <= last; j++) {
    // 0 ln 0 is 0 here.
    const common = (j === 0 ? 0 : j * Math.log(rate)) - rate;
    const even = Math.exp(common - logGamma(j + 1));
    const odd = (noncentrality / Math.SQRT2) * Math.exp(common - logGamma(j + 1.5));
    sum += even * regularizedBeta(x, j + 0.5, df / 2, y) + odd * regularizedBeta(x, j + 1, df / 2, y);
  }
  return Math.min(1, normalCdf(-noncentrality) + sum / 2);
}
