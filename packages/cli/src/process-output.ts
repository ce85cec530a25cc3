import type { ReporterOutput } from '@wellfit/core';

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

/**
 * An output of the process that never ends it: once its reader has gone or the disk is full, further text is dropped,
 * so that a run goes on. A cursor that was hidden is shown again when the process ends, however it ends.
 */
export class ProcessOutput implements ReporterOutput {
  #failure: NodeJS.ErrnoException | undefined;
  #showsCursorAtExit = false;

  constructor(private readonly stream: NodeJS.WriteStream) {
    stream.on('error', (error: NodeJS.ErrnoException) => this.#failed(error));
  }

  get isTTY(): boolean {
    return this.stream.isTTY;
  }

  /** Undefined where this is no terminal. */
  get columns(): number | undefined {
    return this.stream.columns;
  }

  /** Undefined where this is no terminal. */
  get rows(): number | undefined {
    return this.stream.rows;
  }

  write(text: string): void {
    if (this.#failure) return;
    if (text.includes(HIDE_CURSOR)) this.#showCursorAtExit();
    this.stream.write(text);
  }

  /**
   * Waits until everything is written.
   *
   * @returns What the output failed with, if it did.
   */
  async flush(): Promise<NodeJS.ErrnoException | undefined> {
    await new Promise<void>((resolve) => {
      this.stream.write('', (error) => {
        if (error) this.#failed(error);
        resolve();
      });
    });
    return this.#failure;
  }

  #failed(error: NodeJS.ErrnoException): void {
    this.#failure ??= error;
  }

  #showCursorAtExit(): void {
    if (this.#showsCursorAtExit) return;
    this.#showsCursorAtExit = true;
    process.once('exit', () => this.write(SHOW_CURSOR));
  }
}
