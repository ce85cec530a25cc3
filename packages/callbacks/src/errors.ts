import { WellfitError } from '@wellfit/core';

/**
 * Errors of `@wellfit/callbacks`. Codes: `unknown-log` (a callback watches a number that is not logged), `bad-state`
 * (`resume` was given what `state` never returned), `no-learning-rate` (an optimizer has none to set), `cannot-save` (in `fit`).
 */
export class CallbackError extends WellfitError {}
