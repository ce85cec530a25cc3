import type { RunStatus } from '@wellfit/core';
import { describeCallback, playEvents, scriptedRun } from '@wellfit/testing';
import { callbacks, earlyStopping, type EarlyStoppingOptions } from './index.js';

const losses = (...values: number[]) => values.map((val_loss) => ({ loss: 1, val_loss }));
const play = (options: EarlyStoppingOptions, values: number[], status?: RunStatus) =>
  playEvents(earlyStopping(options), scriptedRun(losses(...values), status)).map(({ command }) => command);

describeCallback(callbacks, 'early-stopping', {
  options: [
    { patience: 2, restoreBestWeights: true },
    { patience: 1, minDelta: 0.15, baseline: 0.55, restoreBestWeights: true },
    { startFromEpoch: 2, restoreBestWeights: true },
  ],
  epochs: losses(0.9, 0.7, 0.6, 0.65, 0.5, 0.55, 0.6, 0.52),
  badOptions: [
    { patience: -1 },
    { patience: 1.5 },
    { mode: 'low' },
    { minDelta: NaN },
    { patiense: 3 },
    { monitor: 'val_magic' },
    3,
  ],
});

test('keeps the best weights, stops, and restores when training ends', () => {
  expect(play({ patience: 2, restoreBestWeights: true }, [0.5, 0.4, 0.45, 0.41])).toEqual([
    { type: 'keep-weights', slot: 'best' },
    { type: 'keep-weights', slot: 'best' },
    { type: 'stop', reason: 'val_loss has not improved on 0.4000 (epoch 2) for 2 epochs' },
    { type: 'restore-weights', slot: 'best' },
  ]);
});

test.each(['completed', 'cancelled', 'diverged', 'stopped'] as const)(
  'restores when training ends as %s',
  (status) => {
    expect(play({ patience: 9, restoreBestWeights: true }, [0.4, 0.5], status).at(-1)).toEqual({
      type: 'restore-weights',
      slot: 'best',
    });
  },
);

test('restores nothing where no epoch was watched', () => {
  expect(play({ restoreBestWeights: true }, [], 'diverged')).toEqual([]);
  expect(play({ restoreBestWeights: true, startFromEpoch: 5 }, [0.4, 0.5])).toEqual([]);
});

test('leaves the weights alone unless asked', () => {
  expect(play({ patience: 1 }, [0.4, 0.5]).map(({ type }) => type)).toEqual(['stop']);
});

test.each([
  ['val_loss', 'min'],
  ['train_loss', 'min'],
  ['penalty', 'min'],
  ['val_accuracy', 'max'],
  ['auc', 'max'],
  ['f1', 'max'],
])('in mode auto, %s is watched in mode %s', (monitor, mode) => {
  const rising = [1, 2, 3, 4].map((value) => ({ [monitor]: value }));
  const stops = playEvents(earlyStopping({ monitor }), scriptedRun(rising)).length > 0;
  expect(stops).toBe(mode === 'min');
});

test('a name that does not say what is better needs a mode', () => {
  expect(() => earlyStopping({ monitor: 'val_magic' })).toThrow(
    '[callback early-stopping] mode: cannot tell whether "val_magic" is better high or low: set mode to "min" or "max"',
  );
  expect(() => earlyStopping({ monitor: 'val_magic', mode: 'max' })).not.toThrow();
});

test('a number that is not logged is an error that lists those that are', () => {
  const callback = earlyStopping({ monitor: 'val_auc' });
  expect(() => playEvents(callback, scriptedRun(losses(1)))).toThrow(
    '"val_auc" is not logged. Watch one of: loss, val_loss.',
  );
});

test('refuses to resume from what it never saved', () => {
  expect(() => earlyStopping().resume!({ best: 'low' })).toThrow('Cannot resume from {"best":"low"}');
});
