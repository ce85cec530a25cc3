import { z } from 'zod';
import { loadedImageOptions, type LoadedImageSettings } from '../images/loaded-images.js';

const rows = z.int().min(1).max(100_000);

/** Options of the generated image datasets: those of the real ones, and how much to generate of what. */
export const syntheticImageOptions = z
  .strictObject({
    ...loadedImageOptions.unwrap().shape,
    trainRows: rows
      .default(4000)
      .describe('Training images that are generated; `validation` and `train` take from them.'),
    testRows: rows.default(1000).describe('Test images that are generated.'),
    noise: z.number().min(0).max(0.5).default(0.02).describe('Share of labels that are wrong.'),
    seed: z.int().min(0).default(1).describe('Of the generated images; other seeds are other datasets.'),
  })
  .prefault({});

/** What the generators need to know. */
export interface ImageGeneration {
  /** Share of labels that are wrong. */
  readonly noise: number;
  readonly seed: number;
}

/** Options of the generated image datasets with their defaults filled in. */
export interface SyntheticImageSettings extends LoadedImageSettings, ImageGeneration {
  readonly trainRows: number;
  readonly testRows: number;
}
