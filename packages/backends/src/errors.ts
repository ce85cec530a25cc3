import { WellfitError } from '@wellfit/core';

/** Errors of `@wellfit/backends`: `backend-missing`, `backend-failed`, `unsupported`. */
export class BackendError extends WellfitError {}
