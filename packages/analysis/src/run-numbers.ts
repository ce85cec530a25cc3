import type { History } from '@wellfit/core';
import { generalizationGap } from './generalization-gap.js';

/** Our names of the logs that describe the final weights. */
const FINAL = {
  final_val_loss: 'val_loss',
  final_val_data_loss: 'val_data_loss',
  final_val_accuracy: 'val_accuracy',
  final_train_loss: 'train_loss',
  final_train_accuracy: 'train_accuracy',
} as const;

/**
 * The numbers of one run that `ArmAnalysis.numbers` sums up; those that its logs do not allow are absent. Of equal
 * lowest validation losses the first counts. Lowest and peak numbers are of the curve that was trained. Final numbers are
 * of the weights that the run ended with: those of the last epoch, or those that a callback restored.
 */
export function runNumbers(
  history: Pick<History, 'epochs' | 'restoredEpoch' | 'final'>,
): Record<string, number> {
  const { epochs, restoredEpoch, final } = history;
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

  const ended = restoredEpoch === undefined ? last : { ...last, logs: final ?? {} };
  for (const [name, key] of Object.entries(FINAL)) {
    if (ended.logs[key] !== undefined) numbers[name] = ended.logs[key];
  }
  const gap = generalizationGap({ epochs: [ended] }).at(0)?.loss;
  if (gap !== undefined) numbers.final_gap = gap;
  numbers.epochs = epochs.length;
  numbers.seconds_per_epoch =
    epochs.reduce((sum, { durationMs }) => sum + durationMs, 0) / epochs.length / 1000;
  return numbers;
}
