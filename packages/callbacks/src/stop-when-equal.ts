import { definePlugin, type Callback, type RunCommand } from '@wellfit/core';
import { EMPTY, mergeMap, of, type Observable } from 'rxjs';
import { z } from 'zod';
import { loggedValue } from './logged-value.js';

const options = z
  .strictObject({
    training: z.string().min(1).default('accuracy').describe('Key of the training metric.'),
    validation: z.string().min(1).default('val_accuracy').describe('Key of the validation metric.'),
    digits: z.int().min(0).max(12).default(4).describe('Decimal places to which both are rounded.'),
    tolerance: z.number().min(0).default(0).describe('Largest difference that still counts as equal.'),
  })
  .prefault({});

/** Options of {@link stopWhenEqual}. */
export type StopWhenEqualOptions = z.input<typeof options>;

/**
 * Stops training after the first epoch in which training and validation accuracy are equal, where the curves cross.
 *
 * Both are rounded to `digits` decimal places (default 4, as training logs print them) and may then differ by
 * `tolerance` (default 0). The default pair is the one that Keras logs: `accuracy`, the running mean in training mode,
 * and `val_accuracy`. Set `training: 'train_accuracy'` to compare both in inference mode at the same moment.
 *
 * Curves that cross between two epochs are never equal in one: allow a tolerance, such as 0.005.
 *
 * @throws CoreError `bad-option`.
 * @throws CallbackError `unknown-log`, in the stream, where one of the two is not logged.
 * @example
 * train({ model, dataset, optimizer, epochs: 20, batchSize: 32, callbacks: [stopWhenEqual({ tolerance: 0.005 })] });
 */
export const stopWhenEqual = definePlugin({
  kind: 'callback',
  name: 'stop-when-equal',
  description: 'Stops when training and validation accuracy are equal.',
  options,
  create: ({ training, validation, digits, tolerance }): Callback => ({
    name: 'stop-when-equal',

    connect: (events$): Observable<RunCommand> =>
      events$.pipe(
        mergeMap((event) => {
          if (event.type !== 'epoch:end') return EMPTY;
          const a = loggedValue(event.logs, training);
          const b = loggedValue(event.logs, validation);
          if (!areEqual(a, b, digits, tolerance)) return EMPTY;
          const relation = tolerance > 0 ? `is within ${tolerance} of` : 'equals';
          const reason = `${training} ${a.toFixed(digits)} ${relation} ${validation} ${b.toFixed(digits)}`;
          return of({ type: 'stop', reason } as const);
        }),
      ),

    // Each epoch is judged by itself, so there is nothing to carry over.
    state: () => null,
    resume: () => {},
  }),
});

function areEqual(a: number, b: number, digits: number, tolerance: number): boolean {
  // In whole units of the last digit, where "0.1 apart" is exact; the slack is for the tolerance's own rounding.
  const unit = 10 ** digits;
  return Math.abs(Math.round(a * unit) - Math.round(b * unit)) <= tolerance * unit + 1e-6;
}
