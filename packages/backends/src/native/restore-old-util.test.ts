import { restoreOldUtil } from './restore-old-util.js';

test('gives back what is gone, and takes nothing away', () => {
  const util: Record<string, unknown> = { inspect: 1 };
  restoreOldUtil(util);
  const { inspect, isArray, isNullOrUndefined } = util as Record<string, (value?: unknown) => unknown>;
  expect(inspect).toBe(1);
  expect([[], {}, undefined].map((value) => isArray(value))).toEqual([true, false, false]);
  expect([null, undefined, 0, '', NaN, false].map((value) => isNullOrUndefined(value))).toEqual([
    ...[true, true],
    ...[false, false, false, false],
  ]);
});
