import { isWellfitError } from '@wellfit/core';
import { exitCodes } from './exit-codes.js';
import type { Host } from './host.js';
import { ownVersion } from './own-version.js';

/** Codes of errors that lie in the arguments or files that were given, whichever package threw them. */
const INPUT_CODES = new Set([
  'usage',
  'unknown-experiment',
  'unreadable',
  'unknown-arm',
  'unknown-plugin',
  'bad-experiment',
  'bad-override',
  'bad-option',
  'bad-plugin',
  'bad-arm',
]);

/**
 * Writes an error to stderr: what wellfit threw on purpose by its message, anything else as a bug of ours.
 *
 * @returns The exit code.
 */
export function reportError(error: unknown, { env, stderr }: Pick<Host, 'env' | 'stderr'>): number {
  const debug = Boolean(env.WELLFIT_DEBUG);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (isWellfitError(error)) {
    stderr.write(`error: ${debug ? stack : error.message}\n`);
    return INPUT_CODES.has(error.code) ? exitCodes.badInput : exitCodes.failed;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  stderr.write(
    `error: wellfit ${ownVersion()} met something it does not expect. This is a bug in wellfit.\n` +
      `${debug ? stack : message}\n` +
      'Please report it to the maintainers, with the command you ran and its output' +
      `${debug ? '' : ' under WELLFIT_DEBUG=1'}.\n`,
  );
  return exitCodes.failed;
}
