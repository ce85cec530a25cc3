import { definePlugin, type Callback, type Json, type RunCommand, type RunEvent } from '@wellfit/core';
import { mergeMap, scan, tap } from 'rxjs';
import { z } from 'zod';
import { loggedValue } from './logged-value.js';
import { monitored } from './monitored.js';
import { parseState } from './parse-state.js';

const SLOT = 'best';

const options = z
  .strictObject({
    monitor: z.string().min(1).default('val_loss').describe('Key of the logged number to watch.'),
    patience: z.int().min(0).default(0).describe('Epochs without improvement before training stops.'),
    minDelta: z.number().min(0).default(0).describe('A smaller change is no improvement.'),
    mode: z.enum(['auto', 'min', 'max']).default('auto').describe('Which values are better.'),
    baseline: z.number().optional().describe('Only values better than this reset the patience.'),
    startFromEpoch: z.int().min(0).default(0).describe('Epochs to let pass before watching.'),
    restoreBestWeights: z.boolean().default(false).describe('End with the weights of the best epoch.'),
  })
  .prefault({})
  .transform(monitored);

/** Options of {@link earlyStopping}. */
export type EarlyStoppingOptions = z.input<typeof options>;
type Settings = z.output<typeof options>;

/** What is known of the run so far, and the callback's state. */
const watchSchema = z.strictObject({
  /** Best value watched so far. */
  best: z.number().nullable(),
  bestEpoch: z.int().nullable(),
  /** Epochs since the patience was last reset. */
  wait: z.int(),
});
type Watch = z.output<typeof watchSchema>;

const FRESH: Watch = { best: null, bestEpoch: null, wait: 0 };

/** One event's answer: what is known now, and what to do. */
interface Answer {
  readonly watch: Watch;
  readonly commands: readonly RunCommand[];
}

/**
 * Stops training when a logged number has not improved for `patience` epochs, as Keras 3's `EarlyStopping`.
 *
 * - An improvement beats the best value so far by more than `minDelta` (default 0). `mode: 'auto'` (default) minimizes
 *   losses and errors and maximizes accuracies and the like; a name that says neither is refused.
 * - The patience (default 0) starts again with an improvement; where `baseline` is set, only with one that beats it too.
 * - The first `startFromEpoch` epochs (default 0) are not watched: with 3, epoch 4 is the first that counts. Keras
 *   counts epochs from 0 and starts at its epoch 3, which is the same one.
 * - Training never stops after the first epoch watched, which is always an improvement.
 * - With `restoreBestWeights`, the model ends with the weights of the best epoch watched, whatever ended training: this
 *   callback, another one, the epoch limit or the user. The first epoch watched is the best until one beats it.
 *
 * @throws CoreError `bad-option`.
 * @throws CallbackError `unknown-log`, in the stream, where `monitor` is not logged (Keras only warns).
 * @example
 * const callbacks = [earlyStopping({ patience: 3, restoreBestWeights: true })];
 */
export const earlyStopping = definePlugin({
  kind: 'callback',
  name: 'early-stopping',
  description: 'Stops when a logged number no longer improves, and can restore the best weights.',
  options,
  create(settings): Callback {
    let start = FRESH;
    let watch = FRESH;
    return {
      name: 'early-stopping',

      connect(events$) {
        const initial: Answer = { watch: start, commands: [] };
        watch = start;
        start = FRESH;
        return events$.pipe(
          scan((last, event) => answer(last.watch, event, settings), initial),
          tap((last) => (watch = last.watch)),
          mergeMap(({ commands }) => commands),
        );
      },

      state: (): Json => watch,

      resume(state) {
        start = watch = parseState(watchSchema, state, 'early-stopping');
      },
    };
  },
});

function answer(watch: Watch, event: RunEvent, settings: Settings): Answer {
  // Keras counts from 0 and leaves out its epochs below startFromEpoch; ours are one higher.
  if (event.type === 'epoch:end' && event.epoch > settings.startFromEpoch) {
    return judge(watch, event.epoch, loggedValue(event.logs, settings.monitor), settings);
  }
  if (event.type === 'training:end' && restores(watch, settings)) {
    return { watch, commands: [{ type: 'restore-weights', slot: SLOT }] };
  }
  return { watch, commands: [] };
}

function judge(watch: Watch, epoch: number, value: number, settings: Settings): Answer {
  const { patience, baseline, restoreBestWeights } = settings;
  const wait = watch.wait + 1;
  if (improves(value, watch.best, settings)) {
    const resets = baseline === undefined || improves(value, baseline, settings);
    return {
      watch: { best: value, bestEpoch: epoch, wait: resets ? 0 : wait },
      commands: restoreBestWeights ? [{ type: 'keep-weights', slot: SLOT }] : [],
    };
  }
  const next = { ...watch, wait };
  if (wait < patience) return { watch: next, commands: [] };
  return { watch: next, commands: [{ type: 'stop', reason: reasonToStop(next, epoch, settings) }] };
}

function improves(value: number, reference: number | null, { direction, minDelta }: Settings): boolean {
  if (reference === null) return true;
  return direction === 'min' ? value + minDelta < reference : value - minDelta > reference;
}

/** A run that ended before any epoch was watched has kept nothing. */
function restores({ bestEpoch }: Watch, { restoreBestWeights }: Settings): boolean {
  return restoreBestWeights && bestEpoch !== null;
}

function reasonToStop({ best, bestEpoch }: Watch, epoch: number, { monitor }: Settings): string {
  const epochs = epoch - Number(bestEpoch);
  const since = epochs === 1 ? '1 epoch' : `${epochs} epochs`;
  return `${monitor} has not improved on ${Number(best).toPrecision(4)} (epoch ${bestEpoch}) for ${since}`;
}
