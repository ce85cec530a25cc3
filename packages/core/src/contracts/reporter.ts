import type { Observable } from 'rxjs';
import type { ExperimentEvent } from './events.js';
import type { Named } from './named.js';

/**
 * Observes an experiment. The returned stream completes when everything is written, and errors when the reporter cannot go on,
 * which is reported and leaves training and the other reporters alone. A text that it emits while events come is what the user
 * should know, though the reporter goes on: it is shown to all reporters as a `warning`. Most emit nothing.
 */
export interface Reporter extends Named {
  connect(events$: Observable<ExperimentEvent>): Observable<string>;
}

/** What every reporter factory is given by its host, besides its own options. */
export interface ReporterHost {
  /** Existing folder of this experiment's run; file reporters write there unless told otherwise. */
  readonly folder: string;
  readonly stdout: ReporterOutput;
}

/** The part of a terminal or pipe that reporters use; `process.stdout` is one. */
export interface ReporterOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}
