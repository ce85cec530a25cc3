import type { ReporterOutput } from '@wellfit/core';
import { exitCodes } from './exit-codes.js';
import { ProcessOutput } from './process-output.js';

/** A signal that asks the command to end. */
export type StopSignal = 'SIGINT' | 'SIGTERM';

/** What reaches the command from outside: a signal, or an error that nobody caught, such as a plugin's timer throws. */
export type HostEvent = StopSignal | 'uncaughtException';

/** What the command needs of the process it runs in; tests pass their own. */
export interface Host {
  /** Arguments after the program's name. */
  readonly argv: readonly string[];
  /** Relative paths start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: ReporterOutput;
  readonly stderr: ReporterOutput;
  /** Asks the user, where somebody sits at a terminal; undefined for no answer. Absent where nobody does. */
  ask?(question: string, signal: AbortSignal): Promise<string | undefined>;
  on(event: HostEvent, listener: (cause: unknown) => void): unknown;
  off(event: HostEvent, listener: (cause: unknown) => void): unknown;
  /** Ends the process at once. */
  exit(code: number): void;
  /**
   * Waits until all output is written.
   *
   * @returns The exit code: that of the command, or that of a failure where the output could not be written.
   */
  finish(code: number): Promise<number>;
}

/** The process that the command runs in. */
export function processHost(): Host {
  const stdout = new ProcessOutput(process.stdout);
  const stderr = new ProcessOutput(process.stderr);
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    stdout,
    stderr,
    ...(process.stdin.isTTY && process.stdout.isTTY && { ask }),
    on: (event, listener) => process.on(event, listener),
    off: (event, listener) => process.off(event, listener),
    exit: (code) => process.exit(code),
    finish: async (code) => {
      const failure = await stdout.flush();
      // A reader that has seen enough, such as `head`, is no failure.
      const failed = failure !== undefined && failure.code !== 'EPIPE';
      if (failed) stderr.write(`error: the output could not be written: ${failure.message}\n`);
      await stderr.flush();
      return failed && code === exitCodes.ok ? exitCodes.failed : code;
    },
  };
}

async function ask(question: string, signal: AbortSignal): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // While it listens, Ctrl-C is a key for it and no signal for us.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<undefined>((resolve) => terminal.once('close', () => resolve(undefined)));
  try {
    return await Promise.race([terminal.question(question, { signal }), closed]);
  } catch {
    return undefined;
  } finally {
    terminal.close();
  }
}
