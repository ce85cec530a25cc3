import { definePlugin, type Regularizer } from '@wellfit/core';
import type { z } from 'zod';
import { strengthOptions } from './strength.js';
import { weightRegularizer } from './weight-penalty.js';

/** Options of {@link l1}: the strength, at least 0 (default 0.01), alone or as `{ strength }`. */
export type L1Options = z.input<typeof strengthOptions>;

/**
 * Adds `strength * sum(|w|)` of each kernel to the loss, which drives weights to exactly 0. Values as Keras' `L1`; the
 * gradient at 0 is 0.
 *
 * @throws CoreError `bad-option`.
 * @example
 * l1(0.001).penalty(kernel); // inside tidy
 */
export const l1 = definePlugin({
  kind: 'regularizer',
  name: 'l1',
  description: 'Adds strength * sum(|w|) of each kernel to the loss.',
  options: strengthOptions,
  create: (strength): Regularizer => weightRegularizer('l1', { l1: strength, l2: 0 }),
});
