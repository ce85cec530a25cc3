import { randomStream } from '@wellfit/core/random';
import { bcaLimits, type BcaOptions } from './bca-limits.js';
import { bootstrapMeans } from './bootstrap-means.js';

/** Options of {@link bcaInterval}. */
export interface BcaIntervalOptions extends BcaOptions {
  /** Of the resampling: the same seed gives the same interval, bit for bit. 0 by default. */
  readonly seed?: number;
  /** 10,000 by default. */
  readonly resamples?: number;
}

/**
 * The BCa bootstrap interval for a mean; sources stand at `bcaLimits`.
 *
 * @returns Undefined for fewer than 2 values.
 * @example
 * bcaInterval([-0.031, -0.012, -0.02, -0.027, -0.008], { expand: true });
 */
export function bcaInterval(
  values: readonly number[],
  { seed = 0, resamples = 10_000, ...options }: BcaIntervalOptions = {},
): readonly [low: number, high: number] | undefined {
  if (values.length < 2) return undefined;
  const means = bootstrapMeans(values, resamples, randomStream(seed, 'analysis/bootstrap'));
  const limits = bcaLimits(values, means, options);
  return limits.every(Number.isFinite) ? limits : undefined;
}
