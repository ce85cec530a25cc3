import { DatasetError } from '../dataset-error.js';
import type { ImageRows } from '../images/image-dataset.js';
import type { IdxArray } from './read-idx.js';

/** What {@link pairImages} expects. */
export interface PairExpectation {
  /** Height and width in pixels. */
  readonly size: readonly [height: number, width: number];
  /** Number of classes. */
  readonly classes: number;
  /** Names of the files, for errors. */
  readonly names: { readonly images: string; readonly labels: string };
}

/**
 * Puts the images of one IDX file and the labels of another together.
 *
 * @throws DatasetError `bad-data` where the images have another size, there is not one label for each, or a label is
 * no class.
 */
export function pairImages(
  images: IdxArray,
  labels: IdxArray,
  { size, classes, names }: PairExpectation,
): ImageRows {
  const refuse = (message: string): never => {
    throw new DatasetError('bad-data', message);
  };
  const [count, height, width] = images.shape;
  if (images.shape.length !== 3 || height !== size[0] || width !== size[1]) {
    refuse(
      `${names.images} has the shape ${images.shape.join(' x ')}, expected images of ${size.join(' x ')}: it is ` +
        `another set of images`,
    );
  }
  if (labels.shape.length !== 1) {
    refuse(`${names.labels} has the shape ${labels.shape.join(' x ')}, expected one label per image`);
  }
  if (labels.values.length !== count) {
    refuse(`${names.images} has ${count} images and ${names.labels} ${labels.values.length} labels`);
  }
  if (count === 0) refuse(`${names.images} has no images`);
  const row = labels.values.findIndex((label) => label >= classes);
  if (row >= 0) {
    refuse(
      `${names.labels} has the label ${labels.values[row]} in row ${row}, not one of 0 to ${classes - 1}`,
    );
  }
  return { pixels: images.values, labels: labels.values };
}
