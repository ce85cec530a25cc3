import { definePlugin } from '@wellfit/core';
import { z } from 'zod';
import { sizeOf } from './fans.js';
import type { Initializer } from './initializer.js';

const options = z
  .strictObject({ gain: z.number().default(1).describe('Factor for every element.') })
  .prefault({});

/** Options of {@link orthogonal}. */
export type OrthogonalOptions = z.input<typeof options>;

/**
 * A random orthogonal matrix times `gain`: its columns, or where it is wider than tall its rows, have the length
 * `gain` and are at right angles. The kernel of a convolution counts as `[height x width x inputs, outputs]`.
 *
 * Source: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
 * networks", ICLR 2014. As in Keras: the Q of the QR decomposition of normal draws, with the signs that make the
 * diagonal of R positive (without which Q would not be spread evenly; Mezzadri, Notices of the AMS 54, 2007).
 */
export const orthogonal = definePlugin({
  kind: 'initializer',
  name: 'orthogonal',
  description: 'Random orthogonal matrix times a gain.',
  options,
  create: ({ gain }): Initializer => ({
    name: 'orthogonal',
    config: { name: 'orthogonal', gain },
    values(shape, _, random) {
      const columns = shape.at(-1) ?? 1;
      const rows = sizeOf(shape.slice(0, -1));
      const tall = rows >= columns;
      const length = Math.max(rows, columns);
      const count = Math.min(rows, columns);
      const vectors = Array.from({ length: count }, () => new Float64Array(length));
      for (let i = 0; i < length; i++) for (const vector of vectors) vector[i] = random.normal();
      orthonormalize(vectors);
      return Float32Array.from({ length: rows * columns }, (_entry, at) => {
        const row = Math.floor(at / columns);
        const column = at % columns;
        return gain * (tall ? vectors[column][row] : vectors[row][column]);
      });
    },
  }),
});

/**
 * Gram-Schmidt, in place: the vectors become the columns of Q, and R's diagonal is positive by construction.
 *
 * Each vector is cleared of those before it twice, since rounding leaves a rest the first time; twice is enough
 * (Giraud, Langou and Rozloznik, "The loss of orthogonality in the Gram-Schmidt orthogonalization process", 2005).
 */
function orthonormalize(vectors: readonly Float64Array[]): void {
  vectors.forEach((vector, i) => {
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of vectors.slice(0, i)) subtract(vector, earlier, dot(vector, earlier));
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < vector.length; k++) vector[k] /= norm;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

function subtract(from: Float64Array, direction: Float64Array, times: number): void {
  for (let k = 0; k < from.length; k++) from[k] -= times * direction[k];
}
