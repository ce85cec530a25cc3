import { z } from 'zod';
import { metricDirection, type Direction } from './metric-direction.js';

/** Options of a callback that watches a logged number. */
interface Watching {
  readonly monitor: string;
  readonly mode: 'auto' | 'min' | 'max';
}

/** For `transform` of a schema: adds which values are better, and refuses a name that does not say. */
export function monitored<T extends Watching>(
  given: T,
  context: z.core.$RefinementCtx<T>,
): T & { readonly direction: Direction } {
  const direction = given.mode === 'auto' ? metricDirection(given.monitor) : given.mode;
  if (direction) return { ...given, direction };
  const message = `cannot tell whether "${given.monitor}" is better high or low: set mode to "min" or "max"`;
  context.issues.push({ code: 'custom', path: ['mode'], message, input: given });
  return z.NEVER;
}
