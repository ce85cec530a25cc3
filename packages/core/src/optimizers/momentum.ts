import { add, mul, sub, type Variable } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Optimizer } from '../contracts/optimizer.js';
import { definePlugin } from '../plugin.js';
import { learningRateOption } from './learning-rate.js';
import { RuleOptimizer } from './rule-optimizer.js';
import type { UpdateRule } from './update-rule.js';

const options = z
  .strictObject({
    learningRate: learningRateOption(0.01),
    momentum: z.number().min(0).max(1).default(0.9).describe('How much of the last step is kept, 0 to 1.'),
    nesterov: z.boolean().default(false).describe('Look ahead along the momentum.'),
  })
  .prefault({});

/** Options of {@link momentum}. */
export type MomentumOptions = z.input<typeof options>;

/**
 * Gradient descent with momentum: `m = momentum m - learningRate g`, then `w += m`, or, with `nesterov`,
 * `w += momentum m - learningRate g`. Keras' `SGD(momentum=...)`.
 *
 * Source: Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning",
 * ICML 2013.
 */
export const momentum = definePlugin({
  kind: 'optimizer',
  name: 'momentum',
  description: 'Stochastic gradient descent with momentum, plain or Nesterov.',
  options,
  create: ({ learningRate, ...own }): Optimizer => new RuleOptimizer(momentumRule(own), learningRate),
});

type Own = Omit<z.output<typeof options>, 'learningRate'>;

interface Constants {
  readonly rate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
}

function momentumRule(own: Own): UpdateRule<{ readonly m: Variable }, Constants> {
  return {
    name: 'momentum',
    slots: { m: 0 },
    kernel: 'WellfitMomentum',
    constants: (rate) => ({ rate, ...own }),
    update(weight, gradient, { m }, { rate, momentum: kept, nesterov }) {
      const descent = mul(gradient, rate);
      m.assign(sub(mul(m, kept), descent));
      weight.assign(add(weight, nesterov ? sub(mul(m, kept), descent) : m));
    },
  };
}
