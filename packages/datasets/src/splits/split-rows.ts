import { randomStream, shuffledRows } from '@wellfit/core';
import { DatasetError } from '../dataset-error.js';
import type { SplitSettings } from './split-options.js';

/** Row numbers within the training data, ascending. */
export interface RowSplit {
  readonly train: Uint32Array;
  /** Absent where no training rows are set aside: the test set is the validation set, or there is none. */
  readonly validation?: Uint32Array;
}

/** What {@link splitRows} divides. */
export interface SplitRequest extends SplitSettings {
  /** Name of the dataset, for errors. */
  readonly dataset: string;
  /** Number of training rows in the data. */
  readonly rows: number;
  /** Take the first rows for validation instead of random ones, as for data that is shuffled already. */
  readonly validateOnFirst?: boolean;
}

/**
 * Divides training rows into those to validate on and those to train on, at random by `splitSeed` alone: the rows are
 * shuffled, the first are validated on, the next trained on. So a smaller training set is part of a larger one, and
 * its size does not touch the validation set. Shares are rounded to whole rows.
 *
 * @throws DatasetError `bad-split` where nothing would be left to train or validate on.
 * @example
 * const { train, validation } = splitRows({
 *   dataset: 'mine', rows: 1000, validation: 0.3, train: 0.1, splitSeed: 1,
 * }); // 70 rows to train on, 300 to validate on
 */
export function splitRows(request: SplitRequest): RowSplit {
  const { rows, splitSeed, validateOnFirst } = request;
  const validation = typeof request.validation === 'number' ? request.validation : undefined;
  const held = validation === undefined ? 0 : wholeRows(request, 'validation', validation, rows);
  const left = rows - held;
  if (left < 1) {
    throw badSplit(
      request,
      `validation is ${validation}, and there are only ${rows} training rows: none would be left`,
    );
  }
  // 1 means all, since one row is nothing to train on.
  const used = request.train === 1 ? left : wholeRows(request, 'train', request.train, left);
  if (used > left) throw badSplit(request, `train is ${used}, and there are only ${left} training rows left`);

  const shuffled = shuffledRows(rows, randomStream(splitSeed, 'split'));
  const rest = validateOnFirst ? shuffled.filter((row) => row >= held) : shuffled.subarray(held);
  const chosen = validateOnFirst ? Uint32Array.from({ length: held }, (_, row) => row) : shuffled;
  return {
    train: rest.slice(0, used).sort(),
    ...(held > 0 && { validation: chosen.slice(0, held).sort() }),
  };
}

function wholeRows(request: SplitRequest, key: string, value: number, rows: number): number {
  const count = value < 1 ? Math.round(value * rows) : value;
  if (count < 1) throw badSplit(request, `${key} is ${value} of ${rows} training rows: that is not one row`);
  return count;
}

function badSplit({ dataset }: SplitRequest, message: string): DatasetError {
  return new DatasetError('bad-split', `[dataset ${dataset}] ${message}`);
}
