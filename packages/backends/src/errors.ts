import { WellfitError } from '@wellfit/core';

/**
 * Errors of `@wellfit/backends`: `backend-missing`, `backend-failed`, `no-fast-numerics`, `unsupported`; of building the
 * native addon: `bad-option`, `no-tensorflow`, `no-compiler`, `unwritable`, `build-failed`; of its kernels for multi-hot
 * rows: `bad-index`, `bad-offsets`, `bad-row`.
 */
export class BackendError extends WellfitError {}
