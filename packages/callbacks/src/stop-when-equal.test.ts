import type { Logs } from '@wellfit/core';
import { describeCallback, playEvents, scriptedRun } from '@wellfit/testing';
import { callbacks, stopWhenEqual, type StopWhenEqualOptions } from './index.js';

const accuracies = (...pairs: [number, number][]): Logs[] =>
  pairs.map(([accuracy, val_accuracy]) => ({ accuracy, val_accuracy, train_accuracy: 0.5 }));
const reasons = (options: StopWhenEqualOptions, epochs: Logs[]) =>
  playEvents(stopWhenEqual(options), scriptedRun(epochs)).map(({ command }) =>
    command.type === 'stop' ? command.reason : command.type,
  );

describeCallback(callbacks, 'stop-when-equal', {
  options: [{ tolerance: 0.1 }, { digits: 1 }],
  epochs: accuracies([0.6, 0.8], [0.78, 0.81], [0.82, 0.82], [0.9, 0.82]),
  badOptions: [
    { digits: -1 },
    { digits: 2.5 },
    { tolerance: -0.1 },
    { training: '' },
    { metric: 'accuracy' },
    4,
  ],
});

test('stops at equality', () => {
  expect(reasons({}, accuracies([0.6, 0.8], [0.82, 0.82]))).toEqual([
    'accuracy 0.8200 equals val_accuracy 0.8200',
  ]);
});

test.each([
  ['equal as printed with 4 digits', {}, [0.85124, 0.85116], 1],
  ['different as printed', {}, [0.85116, 0.85114], 0],
  ['equal with 2 digits', { digits: 2 }, [0.851, 0.849], 1],
  ['within the tolerance, exactly', { tolerance: 0.1 }, [0.9, 0.8], 1],
  ['beyond the tolerance', { tolerance: 0.1 }, [0.9001, 0.8], 0],
  ['another pair', { training: 'train_accuracy' }, [0.9, 0.5], 1],
] as [string, StopWhenEqualOptions, [number, number], number][])('%s', (_, options, pair, stops) => {
  expect(reasons(options, accuracies(pair))).toHaveLength(stops);
});

test('an accuracy that is not logged is an error that lists what is', () => {
  expect(() => reasons({}, [{ loss: 1, val_loss: 2 }])).toThrow(
    '"accuracy" is not logged. Watch one of: loss, val_loss.',
  );
});
