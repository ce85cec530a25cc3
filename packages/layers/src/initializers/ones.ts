import { definePlugin } from '@wellfit/core';
import { z } from 'zod';
import { sizeOf } from './fans.js';
import type { Initializer } from './initializer.js';

/** Every element starts at 1. */
export const ones = definePlugin({
  kind: 'initializer',
  name: 'ones',
  description: 'Every element starts at 1.',
  options: z.strictObject({}).prefault({}),
  create: (): Initializer => ({
    name: 'ones',
    config: { name: 'ones' },
    values: (shape) => new Float32Array(sizeOf(shape)).fill(1),
  }),
});
