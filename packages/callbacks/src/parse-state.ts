import type { Json } from '@wellfit/core';
import type { z } from 'zod';
import { CallbackError } from './errors.js';

/**
 * A state that a callback has saved, checked: it comes from a file.
 *
 * @throws CallbackError `bad-state`.
 */
export function parseState<S extends z.ZodType>(schema: S, state: Json, callback: string): z.output<S> {
  const result = schema.safeParse(state);
  if (result.success) return result.data;
  throw new CallbackError(
    'bad-state',
    `Cannot resume from ${JSON.stringify(state)}: it is not a state that ${callback} saved. Start the run anew.`,
  );
}
