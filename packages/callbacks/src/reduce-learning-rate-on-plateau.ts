import { definePlugin, type Callback, type Json, type RunCommand } from '@wellfit/core';
import { mergeMap, EMPTY, of, type Observable } from 'rxjs';
import { z } from 'zod';
import { loggedValue } from './logged-value.js';
import { monitored } from './monitored.js';
import { parseState } from './parse-state.js';

const options = z
  .strictObject({
    monitor: z.string().min(1).default('val_loss').describe('Key of the logged number to watch.'),
    factor: z
      .number()
      .positive()
      .lt(1)
      .default(0.1)
      .describe('What a reduction leaves of the learning rate.'),
    patience: z.int().min(0).default(10).describe('Epochs without improvement before a reduction.'),
    minDelta: z.number().min(0).default(1e-4).describe('A smaller change is no improvement.'),
    mode: z.enum(['auto', 'min', 'max']).default('auto').describe('Which values are better.'),
    cooldown: z.int().min(0).default(0).describe('Epochs after a reduction that are not counted.'),
    minLearningRate: z.number().min(0).default(0).describe('The learning rate goes no lower.'),
  })
  .prefault({})
  .transform(monitored);

/** Options of {@link reduceLearningRateOnPlateau}. */
export type ReduceLearningRateOnPlateauOptions = z.input<typeof options>;
type Settings = z.output<typeof options>;

const watchSchema = z.strictObject({
  best: z.number().nullable(),
  /** Epochs without improvement. */
  wait: z.int(),
  /** Epochs that are not counted yet. */
  cooldown: z.int(),
});
type Watch = z.output<typeof watchSchema>;

const FRESH: Watch = { best: null, wait: 0, cooldown: 0 };

/**
 * Multiplies the learning rate by `factor` when a logged number has not improved for `patience` epochs, as Keras 3's
 * `ReduceLROnPlateau`.
 *
 * After a reduction the epochs of `cooldown` do not count, and the patience starts anew. A learning rate that has reached
 * `minLearningRate` stays.
 *
 * @throws CoreError `bad-option`; CallbackError `unknown-log`, in the stream, where `monitor` is not logged.
 * @example
 * const callbacks = [reduceLearningRateOnPlateau({ patience: 2, factor: 0.5 })];
 */
export const reduceLearningRateOnPlateau = definePlugin({
  kind: 'callback',
  name: 'reduce-learning-rate-on-plateau',
  description: 'Lowers the learning rate when a logged number no longer improves.',
  options,
  create(settings): Callback {
    let start = FRESH;
    let watch = FRESH;
    return {
      name: 'reduce-learning-rate-on-plateau',

      connect(events$, run): Observable<RunCommand> {
        watch = start;
        start = FRESH;
        return events$.pipe(
          mergeMap((event) => {
            if (event.type !== 'epoch:end') return EMPTY;
            watch = judge(watch, loggedValue(event.logs, settings.monitor), settings);
            const { factor, patience, cooldown, minLearningRate } = settings;
            // At its lowest the learning rate stays, and Keras goes on counting.
            if (watch.wait < Math.max(1, patience) || run.learningRate <= minLearningRate) return EMPTY;
            watch = { ...watch, wait: 0, cooldown };
            const value = Math.max(run.learningRate * factor, minLearningRate);
            return value === 0 ? EMPTY : of({ type: 'set-learning-rate', value } as const);
          }),
        );
      },

      state: (): Json => watch,
      resume: (state) =>
        void (start = watch = parseState(watchSchema, state, 'reduce-learning-rate-on-plateau')),
    };
  },
});

/** What is known after an epoch. An epoch counts as soon as it is the last one to cool down in, as in Keras. */
function judge(watch: Watch, value: number, settings: Settings): Watch {
  const wait = watch.cooldown > 0 ? 0 : watch.wait;
  const cooldown = Math.max(0, watch.cooldown - 1);
  if (improves(value, watch.best, settings)) return { best: value, wait: 0, cooldown };
  return { ...watch, wait: cooldown > 0 ? wait : wait + 1, cooldown };
}

function improves(value: number, best: number | null, { direction, minDelta }: Settings): boolean {
  if (best === null) return true;
  return direction === 'min' ? value < best - minDelta : value > best + minDelta;
}
