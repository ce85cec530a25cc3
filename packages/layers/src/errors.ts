import { WellfitError } from '@wellfit/core';

/** Errors of `@wellfit/layers`. */
export class LayerError extends WellfitError {}
