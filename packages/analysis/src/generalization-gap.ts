import type { History } from '@wellfit/core';

/** How much better a model does on what it was trained on. */
export interface EpochGap {
  /** Counted from 1. */
  readonly epoch: number;
  /** `val_data_loss - train_loss`: both in inference mode, at the same moment, without penalty. */
  readonly loss?: number;
  /** `train_accuracy - val_accuracy`, so that positive means the same as for the loss. */
  readonly accuracy?: number;
}

/**
 * The generalization gap after each epoch: 0 means that new data is as easy as the training data, positive that it is
 * harder. A part is absent where its logs are.
 */
export function generalizationGap({ epochs }: Pick<History, 'epochs'>): EpochGap[] {
  return epochs.map(({ epoch, logs }) => {
    const loss = logs.val_data_loss - logs.train_loss;
    const accuracy = logs.train_accuracy - logs.val_accuracy;
    return {
      epoch,
      ...(!Number.isNaN(loss) && { loss }),
      ...(!Number.isNaN(accuracy) && { accuracy }),
    };
  });
}
