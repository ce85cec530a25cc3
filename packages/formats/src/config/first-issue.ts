import type { z } from 'zod';

/** The first thing that a schema found wrong, and where: `layers.0.name: must be ...`. */
export function firstIssue({ issues: [{ path, message }] }: z.ZodError): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}
