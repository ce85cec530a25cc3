import { WellfitError } from '@wellfit/core';

/** Errors of `@wellfit/models`. */
export class ModelError extends WellfitError {}
