import { add, div, mul, sqrt, square, sub, type Variable } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Optimizer } from '../contracts/optimizer.js';
import { definePlugin } from '../plugin.js';
import { learningRateOption } from './learning-rate.js';
import { RuleOptimizer } from './rule-optimizer.js';
import type { UpdateRule } from './update-rule.js';

const options = z
  .strictObject({
    learningRate: learningRateOption(0.001),
    initialAccumulator: z.number().min(0).default(0.1).describe('Where the sum of squares starts.'),
    epsilon: z.number().positive().default(1e-7).describe('Keeps the divisor from 0; inside the root.'),
  })
  .prefault({});

/** Options of {@link adagrad}. */
export type AdagradOptions = z.input<typeof options>;

/**
 * Adagrad: `a += g^2`, then `w -= learningRate g / sqrt(a + epsilon)`, where `a` starts at `initialAccumulator`.
 *
 * Source: Duchi, Hazan and Singer, "Adaptive subgradient methods", JMLR 12, 2011; `epsilon` inside the root as in
 * Keras.
 */
export const adagrad = definePlugin({
  kind: 'optimizer',
  name: 'adagrad',
  description: 'Divides each step by the root of the sum of all squared gradients so far.',
  options,
  create: ({ learningRate, ...own }): Optimizer => new RuleOptimizer(adagradRule(own), learningRate),
});

type Own = Omit<z.output<typeof options>, 'learningRate'>;

interface Constants {
  readonly rate: number;
  readonly epsilon: number;
}

function adagradRule({
  initialAccumulator,
  epsilon,
}: Own): UpdateRule<{ readonly accumulator: Variable }, Constants> {
  return {
    name: 'adagrad',
    slots: { accumulator: initialAccumulator },
    kernel: 'WellfitAdagrad',
    constants: (rate) => ({ rate, epsilon }),
    update(weight, gradient, { accumulator }, { rate }) {
      accumulator.assign(add(accumulator, square(gradient)));
      weight.assign(sub(weight, div(mul(gradient, rate), sqrt(add(accumulator, epsilon)))));
    },
  };
}
