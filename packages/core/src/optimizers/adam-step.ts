import { add, div, mul, sqrt, square, sub, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { runningPower } from './running-power.js';

/** The options that Adam and AdamW share, besides the learning rate. */
export const adamOptions = {
  beta1: z.number().min(0).lt(1).default(0.9).describe('Weight of the past in the mean, 0 to below 1.'),
  beta2: z
    .number()
    .min(0)
    .lt(1)
    .default(0.999)
    .describe('Weight of the past in the mean square, 0 to below 1.'),
  epsilon: z.number().positive().default(1e-7).describe('Keeps the divisor from 0; outside the root.'),
} as const;

/** The checked options that Adam and AdamW share, besides the learning rate. */
export interface AdamConstants {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Makes the function that gives what Adam subtracts from a weight, after moving the averages `m` and `v`:
 * `learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)`.
 */
export function adamStep({ beta1, beta2, epsilon }: AdamConstants) {
  const power1 = runningPower(beta1);
  const power2 = runningPower(beta2);
  const approach = (average: Variable, value: Tensor, beta: number): void =>
    average.assign(add(average, mul(sub(value, average), 1 - beta)));

  return (learningRate: number, step: number) => {
    const rate = (learningRate * Math.sqrt(1 - power2(step))) / (1 - power1(step));
    return (gradient: Tensor, [m, v]: readonly Variable[]): Tensor => {
      approach(m, gradient, beta1);
      approach(v, square(gradient), beta2);
      return div(mul(m, rate), add(sqrt(v), epsilon));
    };
  };
}
