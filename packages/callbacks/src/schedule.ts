import { definePlugin, type Callback, type RunCommand, type RunEvent } from '@wellfit/core';
import { concatMap, EMPTY, of, type Observable } from 'rxjs';
import { z } from 'zod';
import { cosPi } from './cos-pi.js';

const factor = z.number().positive().max(1);

const options = z
  .strictObject({
    kind: z
      .enum(['constant', 'step', 'exponential', 'cosine', 'one-cycle'])
      .default('cosine')
      .describe('How the learning rate goes from the optimizer’s own to its end.'),
    every: z.int().min(1).default(10).describe('step: epochs between two cuts.'),
    factor: factor.default(0.1).describe('step: what each cut leaves; exponential: what each epoch leaves.'),
    end: factor.or(z.literal(0)).default(0).describe('cosine: the share of the learning rate at the end.'),
    rise: z.number().positive().lt(1).default(0.3).describe('one-cycle: the share of training that rises.'),
    divide: z.number().min(1).default(25).describe('one-cycle: starts at the learning rate over this.'),
    finalDivide: z.number().min(1).default(10_000).describe('one-cycle: ends at its start over this.'),
    warmUp: z
      .number()
      .min(0)
      .default(0)
      .describe('Epochs, also parts of one, of a linear rise at the beginning.'),
    warmUpFrom: factor.default(0.01).describe('The share of the learning rate at which that rise begins.'),
  })
  .prefault({});

/** Options of {@link schedule}. */
export type ScheduleOptions = z.input<typeof options>;
type Settings = z.output<typeof options>;

/**
 * Changes the learning rate by a plan. What the optimizer was given is the highest value; `t` below counts epochs, with the
 * part of the current one, and `T` is the epoch limit, both less those of the warm-up.
 *
 * - `constant`: the same all the time, for a warm-up alone.
 * - `step`: `factor ^ floor(t / every)`; `exponential`: `factor ^ floor(t)`; both change between two epochs.
 * - `cosine` (default): `end + (1 - end) (1 + cos(pi t / T)) / 2`, at every step. Source: Loshchilov and Hutter, "SGDR:
 *   stochastic gradient descent with warm restarts", ICLR 2017, equation 5, without restarts.
 * - `one-cycle`: from `1 / divide` up to 1 within `rise T`, then down to `1 / (divide finalDivide)`, both along half a cosine.
 *   Source: Smith and Topin, "Super-convergence", 2018, in the form that PyTorch gives it.
 *
 * A warm-up of `warmUp` epochs rises linearly from `warmUpFrom`. Source: Goyal et al., "Accurate, large minibatch SGD", 2017,
 * section 2.2.
 *
 * It remembers nothing: every value is a function of the epoch and the step.
 *
 * @throws CoreError `bad-option`.
 * @example
 * const callbacks = [schedule({ kind: 'cosine', warmUp: 1 })];
 */
export const schedule = definePlugin({
  kind: 'callback',
  name: 'schedule',
  description: 'Changes the learning rate by a plan: step, exponential, cosine, one-cycle, with a warm-up.',
  options,
  create: (settings): Callback => ({
    name: 'schedule',

    connect(events$, run): Observable<RunCommand> {
      const highest = run.learningRate;
      return events$.pipe(
        concatMap((event) => {
          const t = timeAfter(event);
          if (t === undefined || t >= run.epochs) return EMPTY;
          const value = highest * shareAt(t, run.epochs, settings);
          // Between two steps of an epoch most plans change nothing.
          // A plan that goes on for hundreds of epochs may come down to 0, with which nothing is learned.
          if (value === run.learningRate || value === 0) return EMPTY;
          return of({ type: 'set-learning-rate', value } as const);
        }),
      );
    },

    state: () => null,
    resume: () => {},
  }),
});

/** Epochs that have passed when the next step begins; undefined where none begins now. */
function timeAfter(event: RunEvent): number | undefined {
  switch (event.type) {
    case 'run:start':
      return 0;
    case 'step:end':
      return event.step < event.steps ? event.epoch - 1 + event.step / event.steps : undefined;
    case 'epoch:end':
      return event.epoch;
    default:
      return undefined;
  }
}

/** The share of the highest learning rate after `t` of `all` epochs. */
function shareAt(t: number, all: number, settings: Settings): number {
  const { warmUp, warmUpFrom } = settings;
  if (t < warmUp) return warmUpFrom + ((1 - warmUpFrom) * t) / warmUp;
  return afterWarmUp(t - warmUp, Math.max(all - warmUp, Number.MIN_VALUE), settings);
}

function afterWarmUp(t: number, all: number, settings: Settings): number {
  switch (settings.kind) {
    case 'constant':
      return 1;
    case 'step':
      return power(settings.factor, Math.floor(t / settings.every));
    case 'exponential':
      return power(settings.factor, Math.floor(t));
    case 'cosine':
      return between(1, settings.end, t / all);
    case 'one-cycle': {
      const [start, top] = [1 / settings.divide, settings.rise * all];
      if (t < top) return between(start, 1, t / top);
      return between(1, start / settings.finalDivide, (t - top) / (all - top));
    }
  }
}

/** From one value to another along half a cosine, at a share of the way from 0 to 1. */
function between(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + cosPi(share))) / 2;
}

/** By products, as `Math.pow` does not give the same bits everywhere. */
function power(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}
