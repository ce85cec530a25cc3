import { isFinished } from './is-finished.js';
import { curves } from './test-support/history.js';

test.each([
  ['completed', true],
  ['stopped', true],
  ['diverged', false],
  ['cancelled', false],
  ['failed', false],
] as const)('%s: %s', (status, expected) => {
  expect(isFinished(curves([0.5], [0.5], { status }))).toBe(expected);
});

test('needs an epoch', () => {
  expect(isFinished(curves([], []))).toBe(false);
});
