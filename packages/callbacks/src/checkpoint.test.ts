import type { RunStatus } from '@wellfit/core';
import { describeCallback, playEvents, scriptedRun } from '@wellfit/testing';
import { callbacks, checkpoint, type CheckpointOptions } from './index.js';

const losses = (...values: number[]) => values.map((val_loss) => ({ val_loss }));

describeCallback(callbacks, 'checkpoint', {
  options: [
    { keep: 2, last: true },
    { keep: 0, last: true },
    { keep: 3, mode: 'max' },
  ],
  epochs: losses(0.9, 0.7, 0.8, 0.6, 0.65, 0.5),
  badOptions: [
    { keep: -1 },
    { name: '../x' },
    { name: '' },
    { monitor: 'val_magic' },
    { best: true },
    { keep: 1.5 },
  ],
});

/** What is on the disk after each epoch. */
function kept(options: CheckpointOptions, values: number[], status: RunStatus = 'completed'): string[][] {
  const events = scriptedRun(losses(...values), status);
  const disk = new Map<string, number>();
  const commands = playEvents(checkpoint(options), events);
  return events.flatMap((event, place) => {
    for (const { command } of commands.filter(({ at }) => at === place)) {
      if (command.type === 'save-model') disk.set(command.name, 'epoch' in event ? event.epoch : 0);
      // Whether there is a model of an earlier try it cannot know.
      if (command.type === 'remove-model')
        expect(disk.delete(command.name)).toBe(!command.name.endsWith('on-error'));
    }
    const shown = [...disk].map(([name, epoch]) => `${name}=${epoch}`).sort();
    return event.type === 'epoch:end' || event.type === 'training:end' ? [shown] : [];
  });
}

test('keeps the best one, the earlier where two are equal', () => {
  expect(kept({}, [0.5, 0.4, 0.45, 0.4])).toEqual([
    ['best=1'],
    ['best=2'],
    ['best=2'],
    ['best=2'],
    ['best=2'],
  ]);
});

test('keeps the best k and removes what drops out', () => {
  expect(kept({ keep: 2 }, [0.5, 0.6, 0.4, 0.7, 0.45])).toEqual([
    ['best-epoch-1=1'],
    ['best-epoch-1=1', 'best-epoch-2=2'],
    ['best-epoch-1=1', 'best-epoch-3=3'],
    ['best-epoch-1=1', 'best-epoch-3=3'],
    ['best-epoch-3=3', 'best-epoch-5=5'],
    ['best-epoch-3=3', 'best-epoch-5=5'],
  ]);
});

test('keeps the last one where asked, and the highest where that is better', () => {
  expect(kept({ keep: 0, last: true }, [0.5, 0.6]).at(-1)).toEqual(['last=2']);
  expect(kept({ mode: 'max', last: true }, [0.5, 0.6, 0.4]).at(-1)).toEqual(['best=2', 'last=3']);
});

test.each(['failed', 'diverged'] as const)('keeps the model of a run that %s', (status) => {
  expect(kept({}, [0.5], status).at(-1)).toEqual(['best=1', 'on-error=0']);
  expect(kept({ onError: false }, [0.5], status).at(-1)).toEqual(['best=1']);
});

test('with a name all its models bear it', () => {
  const options = { name: 'accuracy', last: true };
  expect(kept(options, [0.5], 'failed').at(-1)).toEqual([
    'accuracy-best=1',
    'accuracy-last=1',
    'accuracy-on-error=0',
  ]);
  expect(kept({ ...options, keep: 2 }, [0.5, 0.6]).at(-1)).toContain('accuracy-best-epoch-2=2');
});

test.each([
  ['completed', 1],
  ['stopped', 1],
  ['cancelled', 0],
] as const)('the model of an error that an earlier try left: a run that is %s', (status, times) => {
  const removed = (options: CheckpointOptions) =>
    playEvents(checkpoint(options), scriptedRun(losses(0.5), status)).filter(
      ({ command }) => command.type === 'remove-model' && command.name === 'on-error',
    );
  expect(removed({})).toHaveLength(times);
  expect(removed({ onError: false })).toHaveLength(0);
});

test('refuses a state of something else', () => {
  expect(() => checkpoint().resume!([{ epoch: 0, value: 1 }])).toThrow(/not a state that checkpoint/);
});
