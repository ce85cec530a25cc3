import { definePlugin } from '@wellfit/core';
import { z } from 'zod';
import { sizeOf } from './fans.js';
import type { Initializer } from './initializer.js';

const options = z
  .strictObject({ value: z.number().default(0).describe('Value of every element.') })
  .prefault({});

/** Options of {@link constant}. */
export type ConstantOptions = z.input<typeof options>;

/** Every element starts at the same value, by default 0. */
export const constant = definePlugin({
  kind: 'initializer',
  name: 'constant',
  description: 'Every element starts at a given value.',
  options,
  create: ({ value }): Initializer => ({
    name: 'constant',
    config: { name: 'constant', value },
    values: (shape) => new Float32Array(sizeOf(shape)).fill(value),
  }),
});
