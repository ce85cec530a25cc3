import { definePlugin } from '@wellfit/core';
import { z } from 'zod';
import { sizeOf } from './fans.js';
import type { Initializer } from './initializer.js';

/** Every element starts at 0. */
export const zeros = definePlugin({
  kind: 'initializer',
  name: 'zeros',
  description: 'Every element starts at 0.',
  options: z.strictObject({}).prefault({}),
  create: (): Initializer => ({
    name: 'zeros',
    config: { name: 'zeros' },
    values: (shape) => new Float32Array(sizeOf(shape)),
  }),
});
