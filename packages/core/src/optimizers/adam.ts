import { z } from 'zod';
import type { Optimizer } from '../contracts/optimizer.js';
import { definePlugin } from '../plugin.js';
import { adamOptions, adamRule } from './adam-rule.js';
import { learningRateOption } from './learning-rate.js';
import { RuleOptimizer } from './rule-optimizer.js';

const options = z.strictObject({ learningRate: learningRateOption(0.001), ...adamOptions }).prefault({});

/** Options of {@link adam}. */
export type AdamOptions = z.input<typeof options>;

/**
 * Adam: `m += (1 - beta1) (g - m)`, `v += (1 - beta2) (g^2 - v)`, then
 * `w -= learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)`.
 *
 * Source: Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, in the order of computation that
 * ends its section 2 (as in Keras: `epsilon` is not scaled by the bias correction).
 */
export const adam = definePlugin({
  kind: 'optimizer',
  name: 'adam',
  description: "Steps by the gradient's recent mean over the root of its recent mean square.",
  options,
  create: ({ learningRate, ...own }): Optimizer =>
    new RuleOptimizer(adamRule({ name: 'adam', weightDecay: 0, ...own }), learningRate),
});
