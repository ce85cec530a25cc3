/**
 * The share of pairs in which the first is above the second; ties count half. Around 0.5 neither is.
 *
 * Source: K. O. McGraw and S. P. Wong, A common language effect size statistic, Psychological Bulletin 111 (1992), here over
 * pairs.
 *
 * @param differences First minus second of each pair; at least one.
 */
export function probabilityOfSuperiority(differences: readonly number[]): number {
  const points = differences.reduce((sum, difference) => sum + (1 + Math.sign(difference)) / 2, 0);
  return points / differences.length;
}
