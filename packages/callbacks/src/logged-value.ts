import type { Logs } from '@wellfit/core';
import { CallbackError } from './errors.js';

/**
 * A number that an epoch logged.
 *
 * @throws CallbackError `unknown-log`, with the keys that there are.
 */
export function loggedValue(logs: Logs, key: string): number {
  const value = logs[key];
  if (value !== undefined) return value;
  throw new CallbackError(
    'unknown-log',
    `"${key}" is not logged. Watch one of: ${Object.keys(logs).sort().join(', ')}.`,
  );
}
