import { z } from 'zod';

/** A share of the rows, or their number. */
const shareOrCount = [z.number().gt(0).lt(1), z.int().min(1)] as const;

/** The option `validation` of {@link splitOptions}, for datasets that describe it otherwise. */
export const validationOption = z.union([z.literal('test'), ...shareOrCount]).nullable();

/** The option `train` of {@link splitOptions}, for datasets that describe it otherwise. */
export const trainOption = z.union(shareOrCount);

/** Options of datasets that come as training and test rows: how these become three splits. */
export const splitOptions = {
  validation: validationOption
    .default('test')
    .describe(
      'The validation set: the test set, which then serves for nothing else; or a share (below 1) or number of ' +
        'the training rows, drawn at random; null for none.',
    ),
  train: trainOption
    .default(1)
    .describe(
      'Train on a share (below 1) or number (from 2) of the training rows that remain, drawn at random; 1 for all. ' +
        'Smaller subsets are contained in larger ones.',
    ),
  splitSeed: z
    .int()
    .min(0)
    .default(1)
    .describe('Of the random choice of validation and training rows; not that of the run.'),
};

/** How training rows are divided, see {@link splitOptions}. */
export interface SplitSettings {
  readonly validation: 'test' | number | null;
  readonly train: number;
  readonly splitSeed: number;
}
