import type { z } from 'zod';
import { definePlugin } from '@wellfit/core';
import { generateImages } from './generate-images.js';
import { shapeMasks } from './shape-masks.js';
import { syntheticImageOptions } from './synthetic-image-options.js';
import { syntheticImageSource } from './synthetic-image-source.js';

/** Options of {@link syntheticImages}. */
export type SyntheticImagesOptions = z.input<typeof syntheticImageOptions>;

/**
 * A generated stand-in for `cifar10` that needs no download and loads in a moment: coloured shapes, 32 x 32 pixels with
 * three channels. It takes the options of `cifar10`. The same options give the same images on every machine.
 *
 * Loading throws DatasetError `bad-split` where a split leaves nothing: `validation` and `train` take from `trainRows`
 * images.
 *
 * @example
 * const dataset = await syntheticImages({ scaling: 'standardize-channels' }).load();
 */
export const syntheticImages = definePlugin({
  kind: 'dataset',
  name: 'synthetic-images',
  description: 'Generated pictures of coloured shapes in ten classes, 32 x 32 pixels; nothing to download.',
  options: syntheticImageOptions,
  create: (settings) =>
    syntheticImageSource(
      {
        name: 'synthetic-images',
        classNames: Object.keys(shapeMasks),
        shape: [32, 32, 3],
        generate: generateImages,
      },
      settings,
    ),
});
