/** A place in an experiment file or options object that is wrong. */
export interface Problem {
  /** Keys from the root to the place. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion?: string;
  /** Whether the last key itself is wrong (unknown, misspelt) rather than what it holds. */
  readonly target?: 'key';
}

/**
 * Base of every error that wellfit throws on purpose: the message says what happened, with the value, and what to do.
 * Recognise it across packages by {@link isWellfitError}, never by `instanceof`: two copies may be installed.
 */
export class WellfitError extends Error {
  readonly wellfit = true;

  /**
   * @param code Stable, kebab-case, for programs: `bad-option`, `unknown-plugin`...
   * @param problems Where in the input the error lies, when it lies in an input.
   */
  constructor(
    readonly code: string,
    message: string,
    options: { readonly cause?: unknown; readonly problems?: readonly Problem[] } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = new.target.name;
    this.problems = options.problems ?? [];
  }

  readonly problems: readonly Problem[];
}

/** Whether an error was thrown on purpose, with a message for the user. */
export function isWellfitError(error: unknown): error is WellfitError {
  // By shape, since `instanceof` fails for errors of another copy or another realm.
  return typeof error === 'object' && error !== null && (error as { wellfit?: unknown }).wellfit === true;
}

/** The message of whatever was thrown. */
export function errorMessage(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}

/** Errors of `@wellfit/core`. */
export class CoreError extends WellfitError {}
