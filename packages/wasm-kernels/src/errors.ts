/** Anything that goes wrong in this package: `message` says what happened and what to do, `code` is stable. */
export class KernelError extends Error {
  override readonly name = 'KernelError';

  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
