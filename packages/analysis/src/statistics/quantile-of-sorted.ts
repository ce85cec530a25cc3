/**
 * A quantile of sorted values, between which it runs straight: type 7 of Hyndman and Fan, Sample quantiles in statistical
 * packages, The American Statistician 50 (1996); the default of NumPy and R.
 *
 * @param sorted Ascending; at least one.
 * @param share From 0, the smallest, to 1, the largest.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
