import type { Logs } from '@wellfit/core';
import { generalizationGap } from './index.js';
import { history } from './test-support/history.js';

test('is positive for both where new data is harder', () => {
  const logs = { train_loss: 0.25, val_data_loss: 0.5, val_loss: 9, train_accuracy: 0.75, val_accuracy: 0.5 };
  expect(generalizationGap(history([logs]))).toEqual([{ epoch: 1, loss: 0.25, accuracy: 0.25 }]);
});

test('leaves out what was not logged', () => {
  const logs: Logs[] = [
    { train_loss: 0.25, val_loss: 0.5 },
    { train_accuracy: 0.5, val_accuracy: 0.5 },
  ];
  expect(generalizationGap(history(logs))).toEqual([{ epoch: 1 }, { epoch: 2, accuracy: 0 }]);
});
