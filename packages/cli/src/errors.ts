import { WellfitError } from '@wellfit/core';

/**
 * Errors of the command line. Their codes: `usage`, `unknown-experiment`, `unknown-arm`, `unknown-plugin`,
 * `bad-experiment`, `bad-option`, `bad-plugin`, `unreadable`, `unwritable`, `run-folder`, `mixed-numerics`, `backend-missing`,
 * `other-data`, `other-model`, `replay-failed`, `in-use`, `other-checkpoint`, `worker-died`.
 */
export class CliError extends WellfitError {}
