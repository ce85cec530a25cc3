import { fromHooks } from '@wellfit/core';
import { playEvents, scriptedRun } from './index.js';

const events = scriptedRun([{ loss: 2 }, { loss: 1 }], 'cancelled');

test('a script has the events of a real run', () => {
  expect(events.map(({ type }) => type)).toEqual([
    'run:start',
    ...['epoch:start', 'step:end', 'epoch:end'],
    ...['epoch:start', 'step:end', 'epoch:end'],
    'training:end',
    'run:end',
  ]);
  expect(events.at(-1)).toMatchObject({ status: 'cancelled', epochs: 2 });
});

test('commands come back with the event they answer', () => {
  const callback = fromHooks({
    onEpochEnd: (epoch, logs, run) => {
      if (logs.loss === 1) run.stop(`epoch ${epoch} of ${run.epochs}, ${run.history.length} finished`);
    },
  });
  expect(playEvents(callback, events)).toEqual([
    { at: 6, command: { type: 'stop', reason: 'epoch 2 of 2, 2 finished' } },
  ]);
});

test('a failing callback throws', () => {
  const callback = fromHooks({
    onEpochBegin: () => {
      throw new Error('no');
    },
  });
  expect(() => playEvents(callback, events)).toThrow('no');
});
