import { definePlugin } from '@wellfit/core';
import { z } from 'zod';
import { draw, truncatedNormalDraw } from './draw.js';
import type { Initializer } from './initializer.js';

const options = z
  .strictObject({
    mean: z.number().default(0).describe('Mean.'),
    stddev: z.number().min(0).default(0.05).describe('Standard deviation before the cut.'),
  })
  .prefault({});

/** Options of {@link truncatedNormal}. */
export type TruncatedNormalOptions = z.input<typeof options>;

/**
 * Draws from a normal distribution without its tails beyond two standard deviations.
 *
 * As in Keras, `stddev` (default 0.05) is that of the uncut distribution: the values' own is 0.8796 times as large.
 */
export const truncatedNormal = definePlugin({
  kind: 'initializer',
  name: 'truncated-normal',
  description: 'Normal distribution cut off at two standard deviations.',
  options,
  create: ({ mean, stddev }): Initializer => ({
    name: 'truncated-normal',
    config: { name: 'truncated-normal', mean, stddev },
    values: (shape, _, random) => draw(shape, () => mean + stddev * truncatedNormalDraw(random)),
  }),
});
