import { z } from 'zod';
import { runEventSchema } from '../run-folder-schema.js';

/** What every checkpoint file begins with. */
export const MAGIC = Buffer.from('wellfit checkpoint\n');

/** Bytes of the SHA-256 at the end. */
export const HASH_LENGTH = 32;

/** What decides the bits of a run: a checkpoint goes on only where all of it is the same. */
export const originSchema = z.strictObject({
  /** SHA-256 of the resolved experiment, without what changes no result. */
  spec: z.string(),
  backend: z.string(),
  numerics: z.string(),
  /** Versions that decide the numbers, by package. */
  versions: z.record(z.string(), z.string()),
});

/** See {@link originSchema}. */
export type CheckpointOrigin = z.output<typeof originSchema>;

const count = z.int().min(0);

/** The header: all of a checkpoint but the values of its tensors. */
export const headerSchema = z.strictObject({
  origin: originSchema,
  arm: z.string(),
  seed: count,
  epoch: z.int().min(1),
  steps: count,
  learningRate: z.number().positive(),
  restoredEpoch: count.optional(),
  events: z.array(runEventSchema),
  callbacks: z.array(z.strictObject({ name: z.string(), state: z.json().optional() })),
  slots: z.array(z.strictObject({ slot: z.string(), epoch: count })),
  tensors: z.array(
    z.strictObject({ name: z.string(), shape: z.array(count), dtype: z.enum(['float32', 'int32']) }),
  ),
});
