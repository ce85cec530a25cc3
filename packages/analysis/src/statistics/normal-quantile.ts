import { normalCdf } from './normal-cdf.js';
import { solveDecreasing } from './solve-decreasing.js';

/**
 * The value that a standard normal variable stays below with a probability: the inverse of `normalCdf`, by bisection.
 *
 * @param probability From 0, which gives -Infinity, to 1, which gives Infinity.
 */
export function normalQuantile(probability: number): number {
  const tail = Math.min(probability, 1 - probability);
  const distance = tail <= 0 ? Infinity : solveDecreasing((z) => normalCdf(-z), tail);
  return probability < 0.5 ? -distance : distance;
}
