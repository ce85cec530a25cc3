import { catchError, defer, map, merge, Subject, throwError } from 'rxjs';
import type { Callback, RunCommand, RunView } from '../contracts/callback.js';
import type { RunEvent } from '../contracts/events.js';
import { CoreError, errorMessage } from '../errors.js';

/** A command and the callback it came from. */
export interface SentCommand {
  /** The callback's name. */
  readonly callback: string;
  /** Unique in the run, also when two callbacks bear the same name. */
  readonly from: string;
  readonly command: RunCommand;
}

/** The callbacks of one run, connected to it. */
export class Steering {
  readonly #events$ = new Subject<RunEvent>();
  #commands: SentCommand[] = [];
  #failure: CoreError | undefined;

  constructor(callbacks: readonly Callback[], view: RunView) {
    const sent$ = callbacks.map((callback, i) =>
      defer(() => callback.connect(this.#events$.asObservable(), view)).pipe(
        map((command): SentCommand => ({ callback: callback.name, from: `${callback.name}/${i}`, command })),
        catchError((cause: unknown) => throwError(() => callbackError(callback.name, cause))),
      ),
    );
    merge(...sent$).subscribe({
      next: (sent) => this.#commands.push(sent),
      error: (error: CoreError) => (this.#failure = error),
    });
  }

  /**
   * Shows an event to all callbacks, in their order.
   *
   * @returns The commands that came since the last call, in the order in which they were sent.
   * @throws CoreError `callback-failed`, naming the callback.
   */
  tell(event: RunEvent): readonly SentCommand[] {
    this.#events$.next(event);
    if (this.#failure) throw this.#failure;
    const commands = this.#commands;
    this.#commands = [];
    return commands;
  }

  /** Completes the callbacks' event stream. */
  end(): void {
    this.#events$.complete();
  }
}

/** An error of a callback, or of a command that it sent, that names it. */
export function callbackError(callback: string, cause: unknown): CoreError {
  return new CoreError('callback-failed', `[callback ${callback}] ${errorMessage(cause)}`, { cause });
}
