import { allowed, compareLosses, largestDifference } from './compare-logs.js';

test('the log that differs most, by its absolute value', () => {
  expect(largestDifference({ loss: 1, accuracy: 0.5 }, { loss: 0.9, accuracy: 0.7 })).toMatchObject({
    log: 'accuracy',
  });
  expect(largestDifference({ loss: 1 }, { loss: 1 })).toBeUndefined();
});

test('a thousandth, or a hundredth of the loss, whichever is more', () => {
  expect([allowed(0), allowed(0.01), allowed(2), allowed(-2)]).toEqual([0.001, 0.001, 0.02, 0.02]);
});

test.each([
  ['just within', 2.0199, false],
  ['beyond', 2.0201, true],
  ['no number', NaN, true],
  ['not there', undefined, true],
])('a loss %s', (_, now, isTooLarge) => {
  const { tooLarge } = compareLosses({ loss: 2, accuracy: 1 }, { accuracy: 0, ...(now && { loss: now }) });
  expect(tooLarge !== undefined).toBe(isTooLarge);
});

test('the worst of several losses, what is no number first', () => {
  const recorded = { loss: 1, val_loss: 1, penalty: 1 };
  expect(compareLosses(recorded, { loss: 1.5, val_loss: 2 }).tooLarge?.log).toBe('val_loss');
  expect(compareLosses(recorded, { loss: 1.5 }).tooLarge?.log).toBe('val_loss');
});
