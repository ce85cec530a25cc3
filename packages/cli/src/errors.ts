import { WellfitError } from '@wellfit/core';

/**
 * Errors of the command line. Their codes: `usage`, `unknown-experiment`, `unknown-arm`, `unknown-plugin`,
 * `bad-experiment`, `bad-plugin`, `unreadable`, `run-folder`.
 */
export class CliError extends WellfitError {}
