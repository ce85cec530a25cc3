import { WellfitError } from '@wellfit/core';

/**
 * Errors of `@wellfit/regularizers`. Codes: `no-penalty` and `no-noise` (a regularizer cannot act where it was put),
 * `not-saved` (a model's file holds a regularizer by name only).
 */
export class RegularizerError extends WellfitError {}
