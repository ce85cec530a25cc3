import { runNumbers } from './index.js';
import { history } from './test-support/history.js';

test('picks the lowest, highest and last numbers', () => {
  const logs = [
    { val_loss: 0.8, val_data_loss: 0.7, val_accuracy: 0.6, train_loss: 0.6, train_accuracy: 0.7 },
    { val_loss: 0.6, val_data_loss: 0.55, val_accuracy: 0.8, train_loss: 0.5, train_accuracy: 0.8 },
    { val_loss: 0.6, val_data_loss: 0.5, val_accuracy: 0.7, train_loss: 0.25, train_accuracy: 0.9 },
  ];
  expect(runNumbers(history(logs))).toEqual({
    lowest_val_loss: 0.6,
    lowest_val_loss_epoch: 2,
    lowest_val_data_loss: 0.5,
    peak_val_accuracy: 0.8,
    final_val_loss: 0.6,
    final_val_data_loss: 0.5,
    final_val_accuracy: 0.7,
    final_train_loss: 0.25,
    final_train_accuracy: 0.9,
    final_gap: 0.25,
    epochs: 3,
    seconds_per_epoch: 1,
  });
});

test('final numbers are those of the weights that a callback restored', () => {
  const logs = [
    { val_loss: 0.4, val_data_loss: 0.4, val_accuracy: 0.8, train_loss: 0.3, train_accuracy: 0.9 },
    { val_loss: 0.9, val_data_loss: 0.9, val_accuracy: 0.7, train_loss: 0.1, train_accuracy: 1 },
  ];
  const restored = { restoredEpoch: 1, final: logs[0] };
  expect(runNumbers(history(logs, restored))).toMatchObject({
    lowest_val_loss: 0.4,
    final_val_loss: 0.4,
    final_val_accuracy: 0.8,
    final_train_accuracy: 0.9,
    final_gap: 0.4 - 0.3,
    epochs: 2,
  });
  expect(runNumbers(history(logs, { ...restored, final: { val_loss: 0.4 } }))).not.toHaveProperty(
    'final_gap',
  );
  expect(runNumbers(history(logs, { final: logs[1] }))).toMatchObject({ final_val_loss: 0.9 });
});

test('leaves out what the logs do not allow', () => {
  expect(runNumbers(history([{ loss: 1 }]))).toEqual({ epochs: 1, seconds_per_epoch: 1 });
  expect(runNumbers(history([]))).toEqual({});
});
