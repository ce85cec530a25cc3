import { WellfitError } from '@wellfit/core';

/**
 * Errors of `@wellfit/formats`. Codes:
 * reading: `not-found`, `read-failed`, `unknown-format`, `bad-file` (damaged or not what it claims), `too-large`,
 * `unsupported-layer`, `unsupported-model`, `wrong-weights` (missing, too many or of another shape than the
 * architecture says);
 * writing: `bad-model` (a model that does not describe itself as layers in a row), `bad-name`, `path-taken`,
 * `write-failed`.
 */
export class FormatError extends WellfitError {
  constructor(code: string, message: string, options: { readonly cause?: unknown } = {}) {
    super(code, shortened(message), options);
  }
}

const LONGEST = 1000;

/** Files may come from anybody, and a name in them may be a megabyte long: what to do then still stands at the end. */
function shortened(message: string): string {
  if (message.length <= LONGEST) return message;
  return `${message.slice(0, LONGEST - 303)}...${message.slice(-300)}`;
}
