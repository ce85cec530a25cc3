import { describeCallback, playEvents, scriptedRun } from '@wellfit/testing';
import { callbacks, timer } from './index.js';

const epochs = [{ loss: 1 }, { loss: 1 }, { loss: 1 }];

describeCallback(callbacks, 'timer', {
  epochs,
  badOptions: [{ minutes: 0 }, { minutes: -1 }, { minute: 5 }],
});

const now = performance.now.bind(performance);
afterEach(() => void (performance.now = now));

/** A clock that goes a minute further at each look. */
function minutesPass(): void {
  let minutes = 0;
  performance.now = () => 60_000 * (minutes += 1);
}

test('stops after its time, in the step in hand', () => {
  minutesPass();
  const [{ at, command }] = playEvents(timer({ minutes: 3 }), scriptedRun(epochs));
  expect(scriptedRun(epochs)[at]).toMatchObject({ type: 'step:end', epoch: 2 });
  expect(command).toEqual({ type: 'stop', reason: 'its 3 minutes are over' });
});

test('what was spent before an interruption counts, what passed in between does not', () => {
  minutesPass();
  const first = timer({ minutes: 100 });
  playEvents(first, scriptedRun(epochs));
  const { spentMs } = first.state!() as { readonly spentMs: number };
  expect(spentMs).toBeGreaterThan(5 * 60_000);
  const second = timer({ minutes: 10 });
  second.resume!({ spentMs: 9 * 60_000 });
  expect(playEvents(second, scriptedRun(epochs))[0].at).toBe(2);
  // A second run starts afresh.
  expect(playEvents(second, scriptedRun(epochs))).toEqual([]);
  expect(() => timer().resume!({ spentMs: -1 })).toThrow(/not a state that timer/);
});
