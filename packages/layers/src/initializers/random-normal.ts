import { definePlugin } from '@wellfit/core';
import { z } from 'zod';
import { draw } from './draw.js';
import type { Initializer } from './initializer.js';

const options = z
  .strictObject({
    mean: z.number().default(0).describe('Mean.'),
    stddev: z.number().min(0).default(0.05).describe('Standard deviation.'),
  })
  .prefault({});

/** Options of {@link randomNormal}. */
export type RandomNormalOptions = z.input<typeof options>;

/** Draws from a normal distribution, by default with mean 0 and standard deviation 0.05, as in Keras. */
export const randomNormal = definePlugin({
  kind: 'initializer',
  name: 'random-normal',
  description: 'Normal distribution with a given mean and standard deviation.',
  options,
  create: ({ mean, stddev }): Initializer => ({
    name: 'random-normal',
    config: { name: 'random-normal', mean, stddev },
    values: (shape, _, random) => draw(shape, () => mean + stddev * random.normal()),
  }),
});
