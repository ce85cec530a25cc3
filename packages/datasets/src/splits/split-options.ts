import { z } from 'zod';

/** The option `validation`, without its default: `'test'`, a share, a number of rows, or null. */
export function validationOption(most = Number.MAX_SAFE_INTEGER) {
  // The same words for each branch: which of them was meant, nobody can tell.
  const error = `must be test, a share between 0 and 1, a number of rows${upTo(most)}, or null for none`;
  return z
    .union([
      z.literal('test', { error }),
      z.number({ error }).gt(0, { error }).lt(1, { error }),
      z.int({ error }).min(1, { error }).max(most, { error }),
    ])
    .nullable();
}

/** The option `train`, without its default: a share, 1 for all, or a number of rows. */
export function trainOption(most = Number.MAX_SAFE_INTEGER) {
  const error = `must be a share between 0 and 1, 1 for all, or a number of rows${upTo(most)}`;
  return z.union([
    z.number({ error }).gt(0, { error }).lte(1, { error }),
    z.int({ error }).min(2, { error }).max(most, { error }),
  ]);
}

function upTo(most: number): string {
  return most === Number.MAX_SAFE_INTEGER ? '' : ` up to ${most}`;
}

/** Options of datasets that come as training and test rows: how these become three splits. */
export const splitOptions = {
  validation: validationOption()
    .default('test')
    .describe(
      'The validation set: the test set, which then serves for nothing else; or a share (below 1) or number of ' +
        'the training rows, drawn at random; null for none.',
    ),
  train: trainOption()
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
