import { noncentralTCdf } from './noncentral-t-cdf.js';
import { studentTQuantile } from './student-t-quantile.js';

/**
 * The probability that a two-sided paired t-test finds a difference.
 *
 * Source: the noncentral t-distribution with noncentrality `effect` √n (J. Cohen, Statistical Power Analysis, 1988).
 *
 * @param effect The mean of the paired differences in units of their standard deviation.
 * @param pairs At least 2.
 * @param level Of the test: p below it counts as found.
 */
export function pairedTPower(effect: number, pairs: number, level: number): number {
  const df = pairs - 1;
  const critical = studentTQuantile(1 - level / 2, df);
  const noncentrality = Math.abs(effect) * Math.sqrt(pairs);
  return 1 - noncentralTCdf(critical, df, noncentrality) + noncentralTCdf(-critical, df, noncentrality);
}
