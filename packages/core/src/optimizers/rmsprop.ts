import { add, div, mul, sqrt, square, sub, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Optimizer } from '../contracts/optimizer.js';
import { definePlugin } from '../plugin.js';
import { learningRateOption } from './learning-rate.js';
import { RuleOptimizer } from './rule-optimizer.js';
import type { UpdateRule } from './update-rule.js';

const options = z
  .strictObject({
    learningRate: learningRateOption(0.001),
    rho: z.number().min(0).lt(1).default(0.9).describe('Weight of the past in the averages, 0 to below 1.'),
    momentum: z.number().min(0).max(1).default(0).describe('How much of the last step is kept, 0 to 1.'),
    epsilon: z.number().positive().default(1e-7).describe('Keeps the divisor from 0; inside the root.'),
    centered: z.boolean().default(false).describe("Divide by the gradient's estimated variance."),
  })
  .prefault({});

/** Options of {@link rmsprop}. */
export type RmspropOptions = z.input<typeof options>;

/**
 * RMSprop: `v = rho v + (1 - rho) g^2`, then `w -= learningRate g / sqrt(v + epsilon)`.
 *
 * `centered` subtracts the square of the gradient's own moving average from `v` in the root. With `momentum`, the
 * steps are accumulated: `m = momentum m + step`, `w -= m`. As in Keras, `epsilon` lies inside the root.
 *
 * Source: Tieleman and Hinton, Lecture 6.5 of "Neural networks for machine learning", 2012; centered: Graves,
 * "Generating sequences with recurrent neural networks", 2013.
 */
export const rmsprop = definePlugin({
  kind: 'optimizer',
  name: 'rmsprop',
  description: "Divides each step by the root of the gradient's recent mean square.",
  options,
  create: ({ learningRate, ...own }): Optimizer => new RuleOptimizer(rmspropRule(own), learningRate),
});

type Own = Omit<z.output<typeof options>, 'learningRate'>;

interface Slots {
  readonly v: Variable;
  readonly mean?: Variable;
  readonly accumulated?: Variable;
}

interface Constants {
  readonly rate: number;
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
}

function rmspropRule({ rho, momentum, epsilon, centered }: Own): UpdateRule<Slots, Constants> {
  const average = (slot: Variable, value: Tensor): void =>
    slot.assign(add(mul(slot, rho), mul(value, 1 - rho)));
  return {
    name: 'rmsprop',
    slots: { v: 0, ...(centered && { mean: 0 }), ...(momentum > 0 && { accumulated: 0 }) },
    kernel: 'WellfitRmsprop',
    constants: (rate) => ({ rate, rho, momentum, epsilon }),
    update(weight, gradient, { v, mean, accumulated }, { rate }) {
      average(v, square(gradient));
      if (mean) average(mean, gradient);
      const variance = mean ? sub(v, square(mean)) : v;
      const step = div(mul(gradient, rate), sqrt(add(variance, epsilon)));
      accumulated?.assign(add(mul(accumulated, momentum), step));
      weight.assign(sub(weight, accumulated ?? step));
    },
  };
}
