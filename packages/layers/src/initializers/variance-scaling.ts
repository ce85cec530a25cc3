import { definePlugin } from '@wellfit/core';
import { z } from 'zod';
import { draw, TRUNCATED_STDDEV, truncatedNormalDraw } from './draw.js';
import type { Fan } from './fans.js';
import type { Initializer } from './initializer.js';

/** A member of the family of initializers whose variance falls with the number of connections. */
export interface VarianceScaling {
  readonly name: string;
  readonly description: string;
  /** Variance times fan. */
  readonly scale: 1 | 2;
  /** The fan that counts: that of the inputs, or the average of inputs and outputs. */
  readonly fan: 'in' | 'average';
  readonly distribution: 'normal' | 'uniform';
}

const none = z.strictObject({}).prefault({});

/**
 * Defines an initializer with mean 0 and variance `scale / fan`.
 *
 * `normal` is a normal distribution cut off at two of its standard deviations and widened by so much that the
 * variance of what remains is right; `uniform` reaches to `sqrt(3 variance)`. Both as in Keras.
 */
export function varianceScaling(family: VarianceScaling) {
  const { name, description, scale, distribution } = family;
  return definePlugin({
    kind: 'initializer',
    name,
    description,
    options: none,
    create: (): Initializer => ({
      name,
      config: { name },
      values(shape, fan, random) {
        const stddev = Math.sqrt(scale / Math.max(1, fanOf(family, fan)));
        if (distribution === 'normal') {
          const uncut = stddev / TRUNCATED_STDDEV;
          return draw(shape, () => uncut * truncatedNormalDraw(random));
        }
        const limit = Math.sqrt(3) * stddev;
        return draw(shape, () => limit * (2 * random.uniform() - 1));
      },
    }),
  });
}

function fanOf({ fan: which }: VarianceScaling, fan: Fan): number {
  return which === 'in' ? fan.in : (fan.in + fan.out) / 2;
}
