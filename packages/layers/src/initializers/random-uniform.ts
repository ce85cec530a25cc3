import { definePlugin } from '@wellfit/core';
import { z } from 'zod';
import { draw } from './draw.js';
import type { Initializer } from './initializer.js';

const options = z
  .strictObject({
    min: z.number().default(-0.05).describe('Smallest value.'),
    max: z.number().default(0.05).describe('Upper limit, not below `min`.'),
  })
  .refine(({ min, max }) => min <= max, { path: ['max'], message: 'must not be below min' })
  .prefault({});

/** Options of {@link randomUniform}. */
export type RandomUniformOptions = z.input<typeof options>;

/** Draws evenly from `min` to `max`, by default -0.05 to 0.05, as in Keras. */
export const randomUniform = definePlugin({
  kind: 'initializer',
  name: 'random-uniform',
  description: 'Uniform distribution between two limits.',
  options,
  create: ({ min, max }): Initializer => ({
    name: 'random-uniform',
    config: { name: 'random-uniform', min, max },
    values: (shape, _, random) => draw(shape, () => min + (max - min) * random.uniform()),
  }),
});
