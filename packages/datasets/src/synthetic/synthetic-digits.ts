import type { z } from 'zod';
import { definePlugin } from '@wellfit/core';
import { generateDigits } from './generate-digits.js';
import { syntheticImageOptions } from './synthetic-image-options.js';
import { syntheticImageSource } from './synthetic-image-source.js';

/** Options of {@link syntheticDigits}. */
export type SyntheticDigitsOptions = z.input<typeof syntheticImageOptions>;

/**
 * A generated stand-in for `mnist` that needs no download and loads in a moment: digits drawn with a pen, 28 x 28 pixels
 * with one channel. It takes the options of `mnist`. The same options give the same images on every machine.
 *
 * Loading throws DatasetError `bad-split` where a split leaves nothing: `validation` and `train` take from `trainRows`
 * images.
 *
 * @example
 * const dataset = await syntheticDigits({ validation: 0.3 }).load();
 */
export const syntheticDigits = definePlugin({
  kind: 'dataset',
  name: 'synthetic-digits',
  description: 'Generated digits in ten classes, 28 x 28 pixels; nothing to download.',
  options: syntheticImageOptions,
  create: (settings) =>
    syntheticImageSource(
      {
        name: 'synthetic-digits',
        classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        shape: [28, 28, 1],
        generate: generateDigits,
      },
      settings,
    ),
});
