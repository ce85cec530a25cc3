/**
 * p-values adjusted for being several: the chance of any false finding among them stays below the level, however they
 * depend on each other.
 *
 * Source: S. Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6 (1979).
 *
 * @returns Adjusted p-values, at most 1, in the order of those that were given.
 * @example
 * holm([0.01, 0.04]); // [0.02, 0.04]
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 1);
  const ascending = pValues.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p);
  let largest = 0;
  for (const [rank, { p, i }] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * p));
    adjusted[i] = largest;
  }
  return adjusted;
}
