/** Matches an error by its code and a part of its message. */
export const failure = (code: string, message = ''): { code: string; message: string } => ({
  code,
  message: expect.stringContaining(message) as string,
});

/** The same for `toThrow`. */
export const thrown = (code: string, message: string): Error =>
  expect.objectContaining(failure(code, message)) as Error;
