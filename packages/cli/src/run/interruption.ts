import { exitCodes } from '../exit-codes.js';
import type { Host, HostEvent, StopSignal } from '../host.js';

const CODES: Readonly<Record<StopSignal, number>> = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
};

/**
 * Watches for Ctrl-C, SIGTERM and errors that nobody caught: the first asks the run to end, and a signal after that
 * ends the process at once.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #listeners: readonly (readonly [HostEvent, (cause: unknown) => void])[];
  readonly #unsaid: string[] = [];
  #code: number | undefined;
  #failed = false;

  /** @param notice Said at the first signal where no live table is on the screen; empty where the work says it itself. */
  constructor(
    private readonly host: Host,
    private readonly notice = 'stopping after the step in hand; Ctrl-C again quits at once\n',
  ) {
    this.#listeners = [
      ['SIGINT', () => this.#stopBy('SIGINT')],
      ['SIGTERM', () => this.#stopBy('SIGTERM')],
      ['uncaughtException', (error) => this.#fail(error)],
    ];
    for (const [event, listener] of this.#listeners) host.on(event, listener);
  }

  /** Fires when the run is to end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The exit code that the cause asks for, where there was one. */
  get code(): number | undefined {
    return this.#code;
  }

  /** Says what could not be said while a live table was on the screen. */
  sayWhy(): void {
    for (const line of this.#unsaid.splice(0)) this.host.stderr.write(line);
  }

  /** Leaves signals and errors to whoever listens next. */
  stop(): void {
    for (const [event, listener] of this.#listeners) this.host.off(event, listener);
  }

  #stopBy(signal: StopSignal): void {
    if (this.#code === undefined) {
      // A line in between would tear the live table of a terminal; it shows the end soon enough itself.
      if (!this.host.stdout.isTTY && this.notice !== '') this.host.stderr.write(this.notice);
      return this.#end(CODES[signal]);
    }
    this.sayWhy();
    this.host.exit(CODES[signal]);
  }

  #fail(error: unknown): void {
    // One is enough: a timer that throws may do so again and again.
    if (this.#failed) return;
    this.#failed = true;
    this.#unsaid.push(`error: ${this.#text(error)}\n`);
    if (!this.host.stdout.isTTY) this.sayWhy();
    this.#end(exitCodes.failed);
  }

  #text(error: unknown): string {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const what = this.host.env.WELLFIT_DEBUG
      ? (stack ?? message)
      : `${name}: ${message}`.replaceAll('\n', ' ');
    return `thrown where nothing could catch it, for instance in a timer of a plugin: ${what}`;
  }

  #end(code: number): void {
    this.#code ??= code;
    this.#controller.abort();
  }
}
