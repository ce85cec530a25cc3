import { definePlugin, type Regularizer } from '@wellfit/core';
import { z } from 'zod';
import { DEFAULT_STRENGTH, strength } from './strength.js';
import { weightRegularizer } from './weight-penalty.js';

const options = z
  .strictObject(
    { l1: strength.optional(), l2: strength.optional() },
    {
      error: (issue) =>
        issue.code === 'invalid_type'
          ? 'needs a strength for each part: write { l1: 0.001, l2: 0.001 }'
          : undefined,
    },
  )
  .optional()
  .transform((given = {}) => {
    const { l1, l2 } = given;
    // A part that is given never switches on the other; without any, both are on as for Keras 2's name 'l1_l2'.
    if (l1 === undefined && l2 === undefined) return { l1: DEFAULT_STRENGTH, l2: DEFAULT_STRENGTH };
    return { l1: l1 ?? 0, l2: l2 ?? 0 };
  });

/**
 * Options of {@link l1l2}: strengths at least 0. Without any, 0.01 both; where one is given, the other is 0. A plain
 * number is refused, since it does not say which part it is for.
 */
export type L1L2Options = z.input<typeof options>;

/**
 * Adds `l1 * sum(|w|) + l2 * sum(w^2)` of each kernel to the loss. Values as Keras' `L1L2`.
 *
 * @throws CoreError `bad-option`.
 * @example
 * l1l2({ l1: 0.0001, l2: 0.001 }).penalty(kernel); // inside tidy
 */
export const l1l2 = definePlugin({
  kind: 'regularizer',
  name: 'l1l2',
  description: 'Adds l1 * sum(|w|) + l2 * sum(w^2) of each kernel to the loss.',
  options,
  create: (strengths): Regularizer => weightRegularizer('l1l2', strengths),
});
