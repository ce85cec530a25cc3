import { WellfitError } from '@wellfit/core';

/**
 * Errors of the command line. Their codes: `usage`, `unknown-experiment`, `unknown-arm`, `unknown-plugin`,
 * `bad-experiment`, `bad-option`, `bad-plugin`, `unreadable`, `unwritable`, `run-folder`.
 */
export class CliError extends WellfitError {}
