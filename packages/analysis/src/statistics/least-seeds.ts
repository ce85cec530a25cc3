/**
 * The fewest seeds with which the exact sign-flip test can reach a level at all. Its smallest p is 2 / 2^n, where all n
 * differences have one sign, and Holm's procedure multiplies the smallest p by the number of comparisons.
 *
 * @param comparisons In one family; at least 1.
 * @param level p must be below it; .05 by default.
 * @example
 * leastSeeds(1); // 6
 */
export function leastSeeds(comparisons: number, level = 0.05): number {
  return Math.floor(Math.log2((2 * comparisons) / level)) + 1;
}
