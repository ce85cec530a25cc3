import {
  definePlugin,
  type Callback,
  type Json,
  type RunCommand,
  type RunEvent,
  type RunStatus,
} from '@wellfit/core';
import { from, mergeMap, type Observable } from 'rxjs';
import { z } from 'zod';
import { loggedValue } from './logged-value.js';
import { monitored } from './monitored.js';
import { parseState } from './parse-state.js';

const options = z
  .strictObject({
    monitor: z.string().min(1).default('val_loss').describe('Key of the logged number to watch.'),
    mode: z.enum(['auto', 'min', 'max']).default('auto').describe('Which values are better.'),
    keep: z.int().min(0).max(100).default(1).describe('How many of the best models to keep.'),
    last: z.boolean().default(false).describe('Keep the model of the last epoch, too.'),
    name: z
      .string()
      .regex(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, 'must be letters and digits, with - between them')
      .optional()
      .describe('What the names of its models begin with, where a run has several of these.'),
    onError: z.boolean().default(true).describe('Keep the model with which a run failed or diverged.'),
  })
  .prefault({})
  .transform(monitored);

/** Options of {@link checkpoint}. */
export type CheckpointOptions = z.input<typeof options>;
type Settings = z.output<typeof options>;

const stateSchema = z.array(z.strictObject({ epoch: z.int().min(1), value: z.number() }));
/** The best epochs so far, best first. */
type Best = z.output<typeof stateSchema>;

/**
 * Saves models while they are trained: the `keep` best by a logged number (`best`, or `best-epoch-7` and so on where there
 * are several), on demand that of the last epoch (`last`), and the one with which a run failed or diverged (`on-error`).
 *
 * With `name: 'accuracy'` they are called `accuracy-best` and so on; `train` refuses two without different names. A run that ends
 * well removes the `on-error` of an earlier try.
 *
 * A tie stays with the earlier epoch. In an experiment they are kept in `<arm>/<seed>/models/<name>`, in the layers format of
 * TensorFlow.js; `train` keeps them where its option `models` says.
 *
 * These are trained models. What `wellfit resume` needs is kept without asking.
 *
 * @throws CoreError `bad-option`; CallbackError `unknown-log`, in the stream, where `monitor` is not logged.
 * @example
 * const callbacks = [checkpoint({ monitor: 'val_accuracy', keep: 3 })];
 */
export const checkpoint = definePlugin({
  kind: 'callback',
  name: 'checkpoint',
  description: 'Saves the best models, the last one, and the one with which a run failed.',
  options,
  create(settings): Callback {
    let start: Best = [];
    let best: Best = [];
    return {
      name: 'checkpoint',
      savesModelsAs: settings.name ?? '',

      connect(events$): Observable<RunCommand> {
        best = start;
        start = [];
        return events$.pipe(
          mergeMap((event) => {
            const before = best;
            if (event.type === 'epoch:end') best = ranked(before, event, settings);
            return from(commandsOn(event, before, best, settings));
          }),
        );
      },

      state: (): Json => best,
      resume: (state) => void (start = best = parseState(stateSchema, state, 'checkpoint')),
    };
  },
});

/** The best epochs when one more has ended. */
function ranked(best: Best, event: Extract<RunEvent, { type: 'epoch:end' }>, settings: Settings): Best {
  if (settings.keep === 0) return [];
  const value = loggedValue(event.logs, settings.monitor);
  const sign = settings.direction === 'min' ? 1 : -1;
  // Sorting keeps the order of what is equal.
  const all = [...best, { epoch: event.epoch, value }].sort((a, b) => sign * (a.value - b.value));
  return all.slice(0, settings.keep);
}

/** A run that is resumed or tried again may leave the model of an error behind. One that was cancelled has not got past it. */
const onEnd: Partial<Record<RunStatus, 'save-model' | 'remove-model'>> = {
  failed: 'save-model',
  diverged: 'save-model',
  completed: 'remove-model',
  stopped: 'remove-model',
};

function named(name: string, settings: Settings): string {
  return settings.name === undefined ? name : `${settings.name}-${name}`;
}

function commandsOn(event: RunEvent, before: Best, best: Best, settings: Settings): RunCommand[] {
  if (event.type === 'training:end') {
    const type = onEnd[event.status];
    return type && settings.onError ? [{ type, name: named('on-error', settings) }] : [];
  }
  if (event.type !== 'epoch:end') return [];
  const name = (epoch: number): string =>
    named(settings.keep === 1 ? 'best' : `best-epoch-${epoch}`, settings);
  const saved = best.some(({ epoch }) => epoch === event.epoch) ? [name(event.epoch)] : [];
  const gone = before.filter(({ epoch }) => !best.some((other) => other.epoch === epoch));
  // The new one first: a kill in between leaves one too many, not one too few.
  return [
    ...saved.map((one) => ({ type: 'save-model', name: one }) as const),
    ...(settings.keep === 1
      ? []
      : gone.map(({ epoch }) => ({ type: 'remove-model', name: name(epoch) }) as const)),
    ...(settings.last ? [{ type: 'save-model', name: named('last', settings) } as const] : []),
  ];
}
