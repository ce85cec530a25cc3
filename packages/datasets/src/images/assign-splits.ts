import type { SplitSettings } from '../splits/split-options.js';
import { splitRows } from '../splits/split-rows.js';
import type { ImageDatasetParts, ImageRows } from './image-dataset.js';

/**
 * Makes training and test images into the splits that `validation`, `train` and `splitSeed` ask for, without copying
 * any.
 *
 * @throws DatasetError `bad-split`.
 */
export function assignSplits(
  dataset: string,
  { train, test }: { readonly train: ImageRows; readonly test: ImageRows },
  { validation, train: used, splitSeed }: SplitSettings,
): ImageDatasetParts['splits'] {
  const rows = splitRows({ dataset, rows: train.labels.length, validation, train: used, splitSeed });
  const fitted = { ...train, rows: rows.train };
  if (validation === 'test') return { train: fitted, validation: test };
  return { train: fitted, ...(rows.validation && { validation: { ...train, rows: rows.validation } }), test };
}
