import { definePlugin, type Callback, type RunCommand } from '@wellfit/core';
import { mergeMap, EMPTY, of, type Observable } from 'rxjs';
import { z } from 'zod';

const options = z
  .strictObject({
    above: z
      .number()
      .positive()
      .optional()
      .describe('Also stop where the running loss goes above this, long before it is no number any more.'),
  })
  .prefault({});

/** Options of {@link terminateOnNan}. */
export type TerminateOnNanOptions = z.input<typeof options>;

/**
 * Stops training in the step in which the loss is no finite number any more, as Keras' `TerminateOnNaN`; with `above`, as
 * soon as the running mean of an epoch is higher.
 *
 * wellfit's own training ends such a run by itself, as `diverged`: there this callback is of use with `above`. In the `fit`
 * of TensorFlow.js, which goes on with NaN, it is needed for both.
 *
 * @throws CoreError `bad-option`.
 * @example
 * const callbacks = [terminateOnNan({ above: 100 })];
 */
export const terminateOnNan = definePlugin({
  kind: 'callback',
  name: 'terminate-on-nan',
  description: 'Stops when the loss is no finite number, or above a limit.',
  options,
  create: ({ above = Infinity }): Callback => ({
    name: 'terminate-on-nan',

    connect: (events$): Observable<RunCommand> =>
      events$.pipe(
        mergeMap((event) => {
          if (event.type !== 'step:end' && event.type !== 'epoch:end') return EMPTY;
          const { loss } = event.logs;
          if (loss === undefined || (Number.isFinite(loss) && loss <= above)) return EMPTY;
          const reason = Number.isFinite(loss)
            ? `the loss went above ${above}: ${loss}`
            : `the loss became ${loss}`;
          return of({ type: 'stop', reason } as const);
        }),
      ),

    // Each step is judged by itself, so there is nothing to carry over.
    state: () => null,
    resume: () => {},
  }),
});
