import { add, div, mul, sqrt, square, sub, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { runningPower } from './running-power.js';
import type { UpdateRule } from './update-rule.js';

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

/** What the rules of Adam and AdamW are made from. */
export interface AdamRuleOptions {
  readonly name: string;
  /** Share of every weight lost per step and learning rate; 0 for none. */
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

interface AdamConstants {
  /** The learning rate with the corrections of the bias. */
  readonly rate: number;
  /** The share of itself that a weight loses before the step. */
  readonly decay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

interface Averages {
  /** Of the gradient. */
  readonly m: Variable;
  /** Of its square. */
  readonly v: Variable;
}

/**
 * The rule of Adam, with decoupled weight decay where there is any: it moves the averages `m` and `v` and subtracts
 * `learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)`.
 */
export function adamRule({
  name,
  weightDecay,
  beta1,
  beta2,
  epsilon,
}: AdamRuleOptions): UpdateRule<Averages, AdamConstants> {
  const power1 = runningPower(beta1);
  const power2 = runningPower(beta2);
  const approach = (average: Variable, value: Tensor, beta: number): void =>
    average.assign(add(average, mul(sub(value, average), 1 - beta)));

  return {
    name,
    slots: { m: 0, v: 0 },
    kernel: 'WellfitAdam',
    constants: (learningRate, step) => ({
      rate: (learningRate * Math.sqrt(1 - power2(step))) / (1 - power1(step)),
      decay: learningRate * weightDecay,
      beta1,
      beta2,
      epsilon,
    }),
    update(weight, gradient, { m, v }, { rate, decay }) {
      approach(m, gradient, beta1);
      approach(v, square(gradient), beta2);
      // Not `weight * (1 - decay)`: a factor so close to 1 has lost a per cent of the decay in float32.
      const decayed = decay > 0 ? sub(weight, mul(weight, decay)) : weight;
      weight.assign(sub(decayed, div(mul(m, rate), add(sqrt(v), epsilon))));
    },
  };
}
