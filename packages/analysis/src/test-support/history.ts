import type { History, Logs } from '@wellfit/core';

/**
 * A history whose epochs took one second each and logged the given numbers.
 *
 * @param guessing The loss of guessing, as the first epoch records it; absent as in older records.
 */
export function history(
  epochs: readonly Logs[],
  { guessing, ...parts }: Partial<History> & { readonly guessing?: number } = {},
): History {
  return {
    arm: 'base',
    seed: 1,
    dataset: 'imdb',
    trainRows: 1000,
    parameters: 10,
    status: 'completed',
    reason: `trained ${epochs.length} epochs`,
    epochs: epochs.map((logs, i) => ({
      epoch: i + 1,
      logs,
      learningRate: 0.001,
      durationMs: 1000,
      digest: '',
      ...(i === 0 && guessing !== undefined && { guessingLoss: guessing }),
    })),
    ...parts,
  };
}

/**
 * A history from a training and a validation curve, without penalty and accuracy.
 *
 * @param start Running mean of the loss over the first epoch. Default: the first of `train`, twice.
 */
export function curves(
  train: readonly number[],
  val: readonly number[],
  parts: Partial<History> & { readonly start?: number; readonly guessing?: number } = {},
): History {
  const { start = 2 * train[0], ...rest } = parts;
  const logs = train.map((train_loss, i) => {
    const data_loss = i === 0 ? start : train_loss;
    return { loss: data_loss, data_loss, train_loss, val_loss: val[i], val_data_loss: val[i] };
  });
  return history(logs, rest);
}
