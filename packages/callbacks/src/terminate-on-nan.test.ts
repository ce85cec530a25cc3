import { describeCallback, playEvents, scriptedRun } from '@wellfit/testing';
import { callbacks, terminateOnNan } from './index.js';

const losses = (...values: number[]) => values.map((loss) => ({ loss }));
const reasons = (options: { above?: number }, ...values: number[]): unknown[] =>
  playEvents(terminateOnNan(options), scriptedRun(losses(...values))).map(({ command }) => command);

describeCallback(callbacks, 'terminate-on-nan', {
  options: [{ above: 2 }],
  epochs: losses(1, 3, 1),
  badOptions: [{ above: 0 }, { above: NaN }, { over: 3 }],
});

test.each([NaN, Infinity, -Infinity])('stops at %d', (loss) => {
  expect(reasons({}, 1, loss)[0]).toEqual({ type: 'stop', reason: `the loss became ${loss}` });
});

test('stops above its limit only', () => {
  expect(reasons({ above: 5 }, 1, 5)).toEqual([]);
  expect(reasons({ above: 5 }, 1, 7)[0]).toEqual({ type: 'stop', reason: 'the loss went above 5: 7' });
  expect(reasons({}, 1e30)).toEqual([]);
});
