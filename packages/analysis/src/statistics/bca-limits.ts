import { countedMean } from './bootstrap-means.js';
import { normalCdf } from './normal-cdf.js';
import { normalQuantile } from './normal-quantile.js';
import { quantileOfSorted } from './quantile-of-sorted.js';
import { studentTQuantile } from './student-t-quantile.js';

/** How {@link bcaLimits} cuts. */
export interface BcaOptions {
  /** Of confidence; .95 by default. */
  readonly level?: number;
  /**
   * Whether to cut further out, as a t-interval is wider than a normal one: without it the limits are too narrow for
   * small samples. False by default, which gives Efron's limits.
   */
  readonly expand?: boolean;
}

/**
 * Limits of the bias-corrected and accelerated (BCa) bootstrap interval for a mean, from the means of resamples.
 *
 * Sources: B. Efron, Better bootstrap confidence intervals, JASA 82 (1987), with the acceleration from the jackknife, which
 * for a mean is Σd³ / (6 (Σd²)^1.5) of the deviations d. The expansion: T. Hesterberg, What teachers should know about the
 * bootstrap, The American Statistician 69 (2015): √(n / (n - 1)) t in place of the normal quantile.
 *
 * @param values At least 2.
 * @param means Of resamples of the values, ascending.
 */
export function bcaLimits(
  values: readonly number[],
  means: Float64Array,
  { level = 0.95, expand = false }: BcaOptions = {},
): readonly [low: number, high: number] {
  const n = values.length;
  const mean = countedMean(values, new Uint8Array(n).fill(1));
  const power = (exponent: number) => values.reduce((sum, value) => sum + (value - mean) ** exponent, 0);
  const squares = power(2);
  const acceleration = squares > 0 ? power(3) / (6 * squares ** 1.5) : 0;
  const below = means.reduce((count, other) => count + Number(other < mean) + Number(other <= mean), 0);
  const bias = normalQuantile(below / (2 * means.length));
  const reach = expand
    ? Math.sqrt(n / (n - 1)) * studentTQuantile(0.5 + level / 2, n - 1)
    : normalQuantile(0.5 + level / 2);
  const cut = (z: number) => {
    const share = normalCdf(bias + (bias + z) / (1 - acceleration * (bias + z)));
    return quantileOfSorted(means, share);
  };
  return [cut(-reach), cut(reach)];
}
