import { catchError, defer, map, merge, type Observable, Subject, throwError } from 'rxjs';
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
  /** Of before a checkpoint from which the run goes on. */
  readonly #earlier$ = new Subject<RunEvent>();
  #commands: SentCommand[] = [];
  #failure: CoreError | undefined;

  constructor(callbacks: readonly Callback[], view: RunView) {
    const sent$ = callbacks.map((callback, i) =>
      defer(() => callback.connect(this.#eventsFor(callback), view)).pipe(
        map((command): SentCommand => ({ callback: callback.name, from: `${callback.name}/${i}`, command })),
        catchError((cause: unknown) => throwError(() => callbackError(callback.name, cause))),
      ),
    );
    // Each by itself: where one fails, the others are still told of the end.
    for (const one$ of sent$) {
      one$.subscribe({
        next: (sent) => this.#commands.push(sent),
        error: (error: CoreError) => (this.#failure ??= error),
      });
    }
  }

  /**
   * Shows an event to all callbacks, in their order.
   *
   * @returns The commands that came since the last call, in the order in which they were sent.
   * @throws CoreError `callback-failed`, naming the callback.
   */
  tell(event: RunEvent): readonly SentCommand[] {
    const commands = this.tellOfError(event);
    if (this.#failure) throw this.#failure;
    return commands;
  }

  /** The same when an error has ended the run, also that of a callback: the others may still answer. */
  tellOfError(event: RunEvent): readonly SentCommand[] {
    this.#commands = [];
    this.#events$.next(event);
    const commands = this.#commands;
    this.#commands = [];
    return commands;
  }

  /**
   * Shows an event of before a checkpoint to those callbacks that have no state to go on from: it is how they come by
   * what they knew. What they command was carried out then.
   *
   * @throws CoreError `callback-failed`.
   */
  tellAgain(event: RunEvent): void {
    this.#earlier$.next(event);
    if (this.#failure) throw this.#failure;
    this.#commands = [];
  }

  /** Completes the callbacks' event stream. */
  end(): void {
    this.#earlier$.complete();
    this.#events$.complete();
  }

  #eventsFor(callback: Callback): Observable<RunEvent> {
    return hasState(callback) ? this.#events$.asObservable() : merge(this.#earlier$, this.#events$);
  }
}

/** Whether a callback saves what it knows, and can go on from it. */
export function hasState(
  callback: Callback,
): callback is Callback & Required<Pick<Callback, 'state' | 'resume'>> {
  return callback.state !== undefined && callback.resume !== undefined;
}

/** An error of a callback, or of a command that it sent, that names it. */
export function callbackError(callback: string, cause: unknown): CoreError {
  return new CoreError('callback-failed', `[callback ${callback}] ${errorMessage(cause)}`, { cause });
}
