import { definePlugin, type Regularizer } from '@wellfit/core';
import type { z } from 'zod';
import { strengthOptions } from './strength.js';
import { weightRegularizer } from './weight-penalty.js';

/** Options of {@link l2}: the strength, at least 0 (default 0.01), alone or as `{ strength }`. */
export type L2Options = z.input<typeof strengthOptions>;

/**
 * Adds `strength * sum(w^2)` of each kernel to the loss, which keeps weights small. Values as Keras' `L2`: without the
 * factor 1/2 that some textbooks have.
 *
 * @throws CoreError `bad-option`.
 * @example
 * l2(0.001).penalty(kernel); // inside tidy
 */
export const l2 = definePlugin({
  kind: 'regularizer',
  name: 'l2',
  description: 'Adds strength * sum(w^2) of each kernel to the loss.',
  options: strengthOptions,
  create: (strength): Regularizer => weightRegularizer('l2', { l1: 0, l2: strength }),
});
