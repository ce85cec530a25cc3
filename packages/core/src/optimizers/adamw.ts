import { z } from 'zod';
import type { Optimizer } from '../contracts/optimizer.js';
import { definePlugin } from '../plugin.js';
import { adamOptions, adamRule } from './adam-rule.js';
import { learningRateOption } from './learning-rate.js';
import { RuleOptimizer } from './rule-optimizer.js';

const options = z
  .strictObject({
    learningRate: learningRateOption(0.001),
    weightDecay: z
      .number()
      .min(0)
      .default(0.004)
      .describe('Share of every weight lost per step and learning rate.'),
    ...adamOptions,
  })
  .prefault({});

/** Options of {@link adamw}. */
export type AdamwOptions = z.input<typeof options>;

/**
 * Adam with decoupled weight decay: first `w -= learningRate weightDecay w`, then the step of Adam.
 *
 * As in Keras the decay acts on every trainable weight, biases too, and follows the learning rate.
 *
 * Source: Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019.
 */
export const adamw = definePlugin({
  kind: 'optimizer',
  name: 'adamw',
  description: 'Adam with weight decay that does not pass through its averages.',
  options,
  create: ({ learningRate, ...own }): Optimizer =>
    new RuleOptimizer(adamRule({ name: 'adamw', ...own }), learningRate),
});
