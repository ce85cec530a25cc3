import { WellfitError } from '@wellfit/core';

/**
 * Errors of `@wellfit/formats`. Codes:
 * reading: `not-found`, `read-failed`, `unknown-format`, `bad-file` (damaged or not what it claims), `too-large`,
 * `unsupported-layer`, `unsupported-model`, `wrong-weights` (missing, too many or of another shape than the
 * architecture says);
 * writing: `bad-model` (a model that does not describe itself as layers in a row), `bad-name`, `path-taken`,
 * `write-failed`.
 */
export class FormatError extends WellfitError {}
