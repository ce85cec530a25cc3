import type { ReporterOutput } from '@wellfit/core';

/** A signal that asks the command to end. */
export type StopSignal = 'SIGINT' | 'SIGTERM';

/** What the command needs of the process it runs in; tests pass their own. */
export interface Host {
  /** Arguments after the program's name. */
  readonly argv: readonly string[];
  /** Relative paths start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: ReporterOutput;
  readonly stderr: ReporterOutput;
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
  /** Ends the process at once. */
  exit(code: number): void;
}

/** The process that the command runs in. */
export function processHost(): Host {
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    on: (signal, listener) => process.on(signal, listener),
    off: (signal, listener) => process.off(signal, listener),
    exit: (code) => process.exit(code),
  };
}
