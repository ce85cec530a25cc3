import { z } from 'zod';
import type { Dataset, Provenance } from '@wellfit/core';
import { splitOptions } from '../splits/split-options.js';
import { assignSplits } from './assign-splits.js';
import { imageDataset, type ImageRows, type ImageShape } from './image-dataset.js';
import { imageOptions } from './image-options.js';

/** Options of the image datasets: splits, scaling and labels. */
export const loadedImageOptions = z.strictObject({ ...splitOptions, ...imageOptions }).prefault({});

/** Options of the image datasets with their defaults filled in. */
export type LoadedImageSettings = z.output<typeof loadedImageOptions>;

/** Images of a data set as they were published: a training and a test part. */
export interface LoadedImages {
  readonly name: string;
  readonly provenance: Provenance;
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  readonly train: ImageRows;
  readonly test: ImageRows;
}

/**
 * Applies the options that all image datasets share.
 *
 * @throws DatasetError `bad-split`, and as {@link imageDataset}.
 */
export function loadedImages(images: LoadedImages, settings: LoadedImageSettings): Dataset {
  const { name, provenance, classNames, shape } = images;
  const { scaling, labels } = settings;
  const splits = assignSplits(name, images, settings);
  return imageDataset({ name, provenance, classNames, shape, scaling, labels, splits });
}
