import { studentTQuantile } from './student-t-quantile.js';

/** A quantile takes sixty steps to find, and an experiment asks for the same one again and again. */
const quantiles = new Map<string, number>();

/**
 * Student's interval for a mean: mean ± t sd / √n. It holds the true mean as often as it says where the values are normal,
 * for any n from 2 on; `docs/statistics.md` has what was measured elsewhere.
 *
 * Source: Student, The probable error of a mean, Biometrika 6 (1908).
 *
 * @param level Of confidence; .95 by default.
 * @returns Undefined for a single value, and for values too large to square.
 */
export function tInterval(
  { mean, sd, n }: { readonly mean: number; readonly sd: number | null; readonly n: number },
  level = 0.95,
): readonly [low: number, high: number] | undefined {
  if (sd === null) return undefined;
  const half = (quantile(level, n) * sd) / Math.sqrt(n);
  const interval = [mean - half, mean + half] as const;
  return interval.every(Number.isFinite) ? interval : undefined;
}

function quantile(level: number, n: number): number {
  const key = `${level}/${n}`;
  const known = quantiles.get(key) ?? studentTQuantile(0.5 + level / 2, n - 1);
  quantiles.set(key, known);
  return known;
}
