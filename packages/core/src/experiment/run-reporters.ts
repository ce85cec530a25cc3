import {
  catchError,
  defer,
  delay,
  EMPTY,
  endWith,
  ignoreElements,
  lastValueFrom,
  map,
  merge,
  race,
  Subject,
  tap,
  type Observable,
} from 'rxjs';
import type { ExperimentEvent } from '../contracts/events.js';
import type { Reporter } from '../contracts/reporter.js';
import { CoreError, errorMessage } from '../errors.js';

/** A reporter that could not go on. */
export interface ReporterFailure {
  readonly reporter: string;
  readonly error: unknown;
}

/** Options of {@link runReporters}. */
export interface RunReportersOptions {
  /** How long a reporter may write after the events have ended, in ms; default one minute. */
  readonly flushTimeoutMs?: number;
}

/**
 * Shows the events to all reporters, and waits until they have written everything.
 *
 * A reporter that fails is named in the result, and while the events go on in a `warning` to the others; training and
 * the other reporters go on. What one emits as text is a `warning` to all, behind the event at which it came. One that does
 * not complete after the events have ended counts as failed.
 *
 * @returns Resolves when the events have ended and every reporter has completed or failed; rejects where the events
 *   themselves fail, after the reporters are done.
 */
export async function runReporters(
  events$: Observable<ExperimentEvent>,
  reporters: readonly Reporter[],
  { flushTimeoutMs = 60_000 }: RunReportersOptions = {},
): Promise<readonly ReporterFailure[]> {
  const shown$ = new Subject<ExperimentEvent>();
  const failures: ReporterFailure[] = [];
  // A warning must not overtake the event that is being shown: the reporters behind the failed one have yet to see it.
  const warnings: ExperimentEvent[] = [];

  const stuck$ = shown$.pipe(
    ignoreElements(),
    endWith(undefined),
    delay(flushTimeoutMs),
    map(() => {
      throw new CoreError('reporter-stuck', `did not finish within ${flushTimeoutMs / 1000} s after the end`);
    }),
  );
  const warn = ({ name }: Reporter, message: string): void =>
    void warnings.push({ type: 'warning', from: `reporter ${name}`, message });
  const written = (reporter: Reporter): Observable<unknown> =>
    defer(() => reporter.connect(shown$.asObservable())).pipe(
      // One that somebody else wrote may let events through.
      tap((text: unknown) => typeof text === 'string' && warn(reporter, text)),
      ignoreElements(),
      endWith(undefined),
    );
  const observed$ = reporters.map((reporter) =>
    race(written(reporter), stuck$).pipe(
      catchError((error: unknown) => {
        failures.push({ reporter: reporter.name, error });
        warn(reporter, errorMessage(error));
        return EMPTY;
      }),
    ),
  );
  const flushed = lastValueFrom(merge(...observed$).pipe(ignoreElements()), { defaultValue: undefined });

  let failed: { readonly error: unknown } | undefined;
  await new Promise<void>((resolve) => {
    events$.subscribe({
      next: (event) => {
        shown$.next(event);
        for (const warning of warnings.splice(0)) shown$.next(warning);
      },
      error: (error: unknown) => {
        failed = { error };
        resolve();
      },
      complete: resolve,
    });
  });
  shown$.complete();
  await flushed;
  if (failed) throw failed.error;
  return failures;
}
