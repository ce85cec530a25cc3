import { exitCodes } from '../exit-codes.js';
import type { Host, StopSignal } from '../host.js';

const CODES: Readonly<Record<StopSignal, number>> = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
};

/** Watches for Ctrl-C and SIGTERM: the first asks to end, the second ends at once. */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #listeners: readonly (readonly [StopSignal, () => void])[];
  #code: number | undefined;

  /** @param onFirst Called when the run is asked to end. */
  constructor(
    private readonly host: Host,
    onFirst: () => void,
  ) {
    this.#listeners = (['SIGINT', 'SIGTERM'] as const).map((signal) => [
      signal,
      () => {
        if (this.#code !== undefined) return host.exit(CODES[signal]);
        this.#code = CODES[signal];
        onFirst();
        this.#controller.abort();
      },
    ]);
    for (const [signal, listener] of this.#listeners) host.on(signal, listener);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The exit code that the signal asks for, where one came. */
  get code(): number | undefined {
    return this.#code;
  }

  /** Leaves the signals to whoever listens next. */
  stop(): void {
    for (const [signal, listener] of this.#listeners) this.host.off(signal, listener);
  }
}
