import type { RunEvent } from '@wellfit/core';
import { describeCallback, playEvents, SCRIPTED_LEARNING_RATE, scriptedRun } from '@wellfit/testing';
import { callbacks, schedule, type ScheduleOptions } from './index.js';

const epochs = Array.from({ length: 10 }, () => ({ loss: 1 }));

describeCallback(callbacks, 'schedule', {
  options: [
    { kind: 'step', every: 3 },
    { kind: 'exponential', factor: 0.9 },
    { kind: 'one-cycle' },
    { kind: 'constant', warmUp: 2.5 },
  ],
  epochs,
  badOptions: [{ kind: 'linear' }, { factor: 2 }, { every: 0 }, { rise: 1 }, { warmUp: -1 }, { warmup: 1 }],
});

/** Events of a run with several steps an epoch. */
function stepped(count: number, steps: number): RunEvent[] {
  return scriptedRun(epochs.slice(0, count)).flatMap((event): RunEvent[] =>
    event.type === 'step:end'
      ? Array.from({ length: steps }, (_, i) => ({ ...event, step: i + 1, steps }))
      : [event],
  );
}

/** The share of the learning rate at each step. */
function shares(options: ScheduleOptions, count: number, steps: number): number[] {
  const events = stepped(count, steps);
  const commands = playEvents(schedule(options), events);
  let share = 1;
  return events.flatMap((event, at) => {
    const before = commands.filter((sent) => sent.at < at).at(-1)?.command;
    if (before?.type === 'set-learning-rate') share = before.value / SCRIPTED_LEARNING_RATE;
    return event.type === 'step:end' ? [share] : [];
  });
}

const close = (values: readonly number[], expected: readonly number[]): void => {
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
};

/*
 * Expected values are of PyTorch 2.13: `[s.step() or o.param_groups[0]["lr"] for ...]` with an SGD of learning rate 1 and
 * StepLR(o, 3, 0.1), ExponentialLR(o, 0.9), CosineAnnealingLR(o, 10, eta_min=0.1), stepped once an epoch.
 */
test.each([
  [{ kind: 'step', every: 3, factor: 0.1 }, [1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.001]],
  [
    { kind: 'exponential', factor: 0.9 },
    [1, 0.9, 0.81, 0.729, 0.6561, 0.59049, 0.531441, 0.4782969, 0.43046721, 0.387420489],
  ],
  [
    { kind: 'cosine', end: 0.1 },
    [
      1.0, 0.9779754323328, 0.9140576474687, 0.8145033635316, 0.6890576474687, 0.55, 0.4109423525313,
      0.2854966364684, 0.1859423525313, 0.1220245676672,
    ],
  ],
] as [ScheduleOptions, number[]][])('%j goes as in PyTorch, between epochs', (options, expected) => {
  close(shares(options, 10, 1), expected);
});

test('cosine goes down at every step', () => {
  const values = shares({ kind: 'cosine' }, 2, 4);
  close(
    values,
    [0, 1, 2, 3, 4, 5, 6, 7].map((step) => (1 + Math.cos((Math.PI * step) / 8)) / 2),
  );
});

test('step and exponential change between two epochs only', () => {
  expect(new Set(shares({ kind: 'exponential', factor: 0.5 }, 3, 5))).toEqual(new Set([1, 0.5, 0.25]));
});

/* The same formula with NumPy: `a + (b - a) * (1 - cos(pi * x)) / 2`, 1/25 up to 1 in 3 of 10 epochs, down to 1/250000. */
test('one-cycle rises from a 25th, and falls to next to nothing', () => {
  const values = shares({ kind: 'one-cycle' }, 10, 1);
  const half = (from: number, to: number, x: number): number =>
    from + ((to - from) * (1 - Math.cos(Math.PI * x))) / 2;
  close(values, [
    ...[0, 1, 2].map((t) => half(1 / 25, 1, t / 3)),
    ...[3, 4, 5, 6, 7, 8, 9].map((t) => half(1, 1 / 250_000, (t - 3) / 7)),
  ]);
  expect(Math.max(...values)).toBeCloseTo(1, 12);
});

test('a warm-up rises in a line and the plan starts behind it', () => {
  const values = shares({ kind: 'step', every: 1, factor: 0.5, warmUp: 1, warmUpFrom: 0.2 }, 3, 4);
  close(values, [0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5]);
});

test('says nothing while nothing changes', () => {
  expect(playEvents(schedule({ kind: 'constant' }), stepped(5, 3))).toEqual([]);
  expect(playEvents(schedule({ kind: 'step', every: 3 }), stepped(5, 3))).toHaveLength(1);
});
