import type { RandomStream } from '@wellfit/core';
import { sizeOf } from './fans.js';

/** Fills a shape with independent draws. */
export function draw(shape: readonly number[], next: () => number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = next();
  return values;
}

/**
 * Draws from the standard normal distribution until one lies within two standard deviations (4.6 % lie outside).
 *
 * Its standard deviation is {@link TRUNCATED_STDDEV}, not 1.
 */
export function truncatedNormalDraw(random: RandomStream): number {
  let value = random.normal();
  while (Math.abs(value) > 2) value = random.normal();
  return value;
}

/**
 * Standard deviation of a standard normal distribution cut off at -2 and 2:
 * `sqrt(1 - 4 phi(2) / (2 Phi(2) - 1))`, phi and Phi being its density and distribution function.
 */
export const TRUNCATED_STDDEV = 0.87962566103423978;
