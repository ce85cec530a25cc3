import { mul, sub } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Optimizer } from '../contracts/optimizer.js';
import { definePlugin } from '../plugin.js';
import { adamOptions, adamStep } from './adam-step.js';
import { learningRateOption } from './learning-rate.js';
import { RuleOptimizer } from './rule-optimizer.js';
import type { UpdateRule } from './update-rule.js';

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
  create: ({ learningRate, ...own }): Optimizer => new RuleOptimizer(adamwRule(own), learningRate),
});

type Own = Omit<z.output<typeof options>, 'learningRate'>;

function adamwRule({ weightDecay, ...constants }: Own): UpdateRule {
  const begin = adamStep(constants);
  return {
    name: 'adamw',
    slots: [0, 0],
    begin(learningRate, t) {
      const stepOf = begin(learningRate, t);
      const decay = learningRate * weightDecay;
      return (weight, gradient, slots) => {
        // Not `weight * (1 - decay)`: a factor so close to 1 has lost a per cent of the decay in float32.
        const decayed = sub(weight, mul(weight, decay));
        weight.assign(sub(decayed, stepOf(gradient, slots)));
      };
    },
  };
}
