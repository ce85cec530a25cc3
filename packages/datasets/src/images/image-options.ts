import { z } from 'zod';

/** Names of {@link Scaling}. */
export const scalings = ['unit', 'none', 'standardize', 'standardize-channels'] as const;

/**
 * How a byte of a picture becomes a number:
 *
 * - `unit`: x / 255, from 0 to 1.
 * - `none`: x, from 0 to 255.
 * - `standardize`: (x - m) / s, with mean m and standard deviation s of all bytes of the training split.
 * - `standardize-channels`: the same with a mean and deviation for each channel.
 */
export type Scaling = (typeof scalings)[number];

/** Names of {@link LabelForm}. */
export const labelForms = ['one-hot', 'sparse'] as const;

/** Targets as `[rows, classes]` with a 1 for the class, or as class numbers `[rows, 1]`. Losses and metrics take both. */
export type LabelForm = (typeof labelForms)[number];

/** Options that all image datasets share. */
export const imageOptions = {
  scaling: z
    .enum(scalings)
    .default('unit')
    .describe(
      'What becomes of the bytes of an image: x/255; x itself; or mean 0 and deviation 1 over the training rows, ' +
        'all channels together or each of its own.',
    ),
  labels: z
    .enum(labelForms)
    .default('one-hot')
    .describe('Targets as rows of zeros with a 1 for the class, or as class numbers.'),
};
