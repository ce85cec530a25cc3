import type { Observable } from 'rxjs';
import type { EpochRecord, RunEvent } from './events.js';
import type { Json, Named } from './named.js';

/** What a callback may ask of the training loop. Applied in order, between steps or epochs. */
export type RunCommand =
  /** End training after the current step or epoch. */
  | { readonly type: 'stop'; readonly reason: string }
  /** @property value Positive and finite. */
  | { readonly type: 'set-learning-rate'; readonly value: number }
  /** Copy the weights into a slot of this callback, replacing what it held. */
  | { readonly type: 'keep-weights'; readonly slot: string }
  /** Put the weights of a slot back into the model; an empty slot is an error. */
  | { readonly type: 'restore-weights'; readonly slot: string }
  /** Save the model as it is now, in place of what has that name: letters, digits, and `-` between them. */
  | { readonly type: 'save-model'; readonly name: string }
  /** Remove what was saved under a name, if anything was. */
  | { readonly type: 'remove-model'; readonly name: string };

/** What a callback may look at: a read-only view of the run. */
export interface RunView {
  readonly arm: string;
  readonly seed: number;
  /** Epoch limit. */
  readonly epochs: number;
  readonly learningRate: number;
  /** Finished epochs, oldest first. */
  readonly history: readonly EpochRecord[];
}

/**
 * Steers training: run events in, commands out. `connect` is called once per run and must subscribe to nothing
 * itself. Commands that are emitted synchronously on an event take effect before the next step, so that the order is
 * deterministic. An error ends the run.
 */
export interface Callback extends Named {
  /**
   * What the names of the models that it saves begin with, empty for no beginning; absent where it saves none, or none whose
   * names could be another one's. Two callbacks of a run that say the same are refused, as they would overwrite each other's models.
   */
  readonly savesModelsAs?: string;
  connect(events$: Observable<RunEvent>, run: RunView): Observable<RunCommand>;
  /**
   * Plain data from which `resume` goes on bit for bit, asked for after an epoch. A callback without these two is shown
   * the events of the earlier epochs again when a run is resumed, which is enough for all that does not depend on steps;
   * what it commands then is passed over, since it was carried out before.
   */
  state?(): Json;
  /** Called before `connect`, with what `state` gave; `run:start` is then not shown again. */
  resume?(state: Json): void;
}
