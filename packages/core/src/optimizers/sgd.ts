import { mul, sub } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Optimizer } from '../contracts/optimizer.js';
import { definePlugin } from '../plugin.js';
import { learningRateOption } from './learning-rate.js';
import { RuleOptimizer } from './rule-optimizer.js';
import type { UpdateRule } from './update-rule.js';

const options = z.strictObject({ learningRate: learningRateOption(0.01) }).prefault({});

/** Options of {@link sgd}. */
export type SgdOptions = z.input<typeof options>;

/** Stochastic gradient descent: `w -= learningRate g`. Learning rate 0.01 by default. */
export const sgd = definePlugin({
  kind: 'optimizer',
  name: 'sgd',
  description: 'Stochastic gradient descent.',
  options,
  create: ({ learningRate }): Optimizer => new RuleOptimizer(rule, learningRate),
});

const rule: UpdateRule<object, { readonly rate: number }> = {
  name: 'sgd',
  slots: {},
  kernel: 'WellfitSgd',
  constants: (rate) => ({ rate }),
  update(weight, gradient, _slots, { rate }) {
    weight.assign(sub(weight, mul(gradient, rate)));
  },
};
