import { z } from 'zod';

/** A penalty's factor: finite and at least 0. */
export const strength = z.number().min(0);

/** Keras' strength where none is given. */
export const DEFAULT_STRENGTH = 0.01;

/** Options of a penalty with one strength: a number, or `{ strength }`; 0.01 where none is given. */
export const strengthOptions = z
  .union([strength, z.strictObject({ strength: strength.optional() })], {
    error: 'write a strength that is a finite number, such as 0.001 or { strength: 0.001 }',
  })
  .optional()
  .transform((options) => (typeof options === 'number' ? options : (options?.strength ?? DEFAULT_STRENGTH)));
