import { definePlugin, type Callback, type Json, type RunCommand } from '@wellfit/core';
import { mergeMap, EMPTY, of, type Observable } from 'rxjs';
import { z } from 'zod';
import { parseState } from './parse-state.js';

const options = z
  .strictObject({ minutes: z.number().positive().default(60).describe('Time that a run may take.') })
  .prefault({});

/** Options of {@link timer}. */
export type TimerOptions = z.input<typeof options>;

const stateSchema = z.strictObject({ spentMs: z.number().min(0) });

/**
 * Stops a run when it has taken a time, after the step in hand. A resumed run has taken what it took until its checkpoint,
 * whatever the clock said in between: time is read from a clock that only runs forward.
 *
 * What it stops depends on the speed of the host, so such a run can be replayed only as far as it got.
 *
 * @throws CoreError `bad-option`.
 * @example
 * const callbacks = [timer({ minutes: 30 })];
 */
export const timer = definePlugin({
  kind: 'callback',
  name: 'timer',
  description: 'Stops a run when it has taken a time.',
  options,
  create({ minutes }): Callback {
    let earlier = 0;
    let before = 0;
    let started = performance.now();
    const spent = (): number => before + performance.now() - started;
    return {
      name: 'timer',

      connect(events$): Observable<RunCommand> {
        started = performance.now();
        before = earlier;
        earlier = 0;
        return events$.pipe(
          mergeMap((event) => {
            if (event.type !== 'step:end' && event.type !== 'epoch:end') return EMPTY;
            if (spent() < minutes * 60_000) return EMPTY;
            return of({ type: 'stop', reason: `its ${minutes} minutes are over` } as const);
          }),
        );
      },

      state: (): Json => ({ spentMs: spent() }),
      resume: (state) => void (earlier = parseState(stateSchema, state, 'timer').spentMs),
    };
  },
});
