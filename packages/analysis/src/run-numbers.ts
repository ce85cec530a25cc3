import type { History } from '@wellfit/core';
import { generalizationGap } from './generalization-gap.js';

/** Our names of logs at the last epoch. */
const FINAL = {
  final_val_loss: 'val_loss',
  final_val_data_loss: 'val_data_loss',
  final_val_accuracy: 'val_accuracy',
  final_train_loss: 'train_loss',
  final_train_accuracy: 'train_accuracy',
} as const;

/**
 * The numbers of one run that `ArmAnalysis.numbers` sums up; those that its logs do not allow are absent. Of equal
 * lowest validation losses the first counts. Losses and accuracies are of the curve that was trained, not of weights
 * that were restored.
 */
export function runNumbers(history: Pick<History, 'epochs'>): Record<string, number> {
  const { epochs } = history;
  const last = epochs.at(-1);
  if (!last) return {};
  const numbers: Record<string, number> = {};

  const lossEpochs = epochs.filter(({ logs }) => logs.val_loss !== undefined);
  if (lossEpochs.length > 0) {
    const lowest = lossEpochs.reduce((best, next) => (next.logs.val_loss < best.logs.val_loss ? next : best));
    numbers.lowest_val_loss = lowest.logs.val_loss;
    numbers.lowest_val_loss_epoch = lowest.epoch;
  }
  const logged = (key: string): number[] => epochs.flatMap(({ logs }) => logs[key] ?? []);
  const dataLosses = logged('val_data_loss');
  if (dataLosses.length > 0) numbers.lowest_val_data_loss = Math.min(...dataLosses);
  const accuracies = logged('val_accuracy');
  if (accuracies.length > 0) numbers.peak_val_accuracy = Math.max(...accuracies);

  for (const [name, key] of Object.entries(FINAL)) {
    if (last.logs[key] !== undefined) numbers[name] = last.logs[key];
  }
  const gap = generalizationGap(history).at(-1)?.loss;
  if (gap !== undefined) numbers.final_gap = gap;
  numbers.epochs = epochs.length;
  numbers.seconds_per_epoch =
    epochs.reduce((sum, { durationMs }) => sum + durationMs, 0) / epochs.length / 1000;
  return numbers;
}
