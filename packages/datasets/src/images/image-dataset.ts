import { tensor2d } from '@tensorflow/tfjs-core';
import type { Dataset, DatasetShapes, Provenance, Split } from '@wellfit/core';
import { DatasetError } from '../dataset-error.js';
import { inMemoryDataset, type StoredRows } from '../in-memory/in-memory-dataset.js';
import type { LabelForm, Scaling } from './image-options.js';
import { forgetImages, readImages } from './read-images.js';
import { scaleTable } from './scale-table.js';

/** Height, width and channels of an image. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** Images with a class number each. */
export interface ImageRows {
  /** One byte per channel of each pixel, in the order row of the picture, column, channel; image after image. */
  readonly pixels: Uint8Array;
  /** A class number per image. */
  readonly labels: Uint8Array;
  /** Which of the images belong to the split; all where absent. Splits may share `pixels` and `labels`. */
  readonly rows?: Uint32Array;
}

/** A dataset of images in memory. */
export interface ImageDatasetParts {
  readonly name: string;
  readonly provenance: Provenance;
  /** One name per class, in the order of their numbers. */
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  readonly splits: { readonly train: ImageRows } & Readonly<Partial<Record<Split, ImageRows>>>;
  /** `unit` by default. */
  readonly scaling?: Scaling;
  /** `one-hot` by default. */
  readonly labels?: LabelForm;
}

/**
 * Serves images as a {@link Dataset} for classification: batches of float32 inputs `[rows, height, width, channels]`
 * and float32 targets `[rows, classes]` (one-hot) or `[rows, 1]` (sparse). Images stay bytes in memory and are scaled
 * as they are read; mean and deviation are those of the training split, also for the other splits. The bytes must not
 * change any more: a backend may keep a copy.
 *
 * @throws DatasetError `bad-data` where pixels, labels and shape do not fit together; later, `batches` throws
 * `bad-request` for a split, batch size or row that does not exist.
 * @example
 * const dataset = imageDataset({
 *   name: 'two-dots', shape: [1, 2, 1], classNames: ['left', 'right'],
 *   provenance: { source: 'made up', sha256: {}, licence: 'CC0' },
 *   splits: { train: { pixels: Uint8Array.of(255, 0, 0, 255), labels: Uint8Array.of(0, 1) } },
 * });
 */
export function imageDataset(parts: ImageDatasetParts): Dataset {
  const { name, provenance, classNames, shape, scaling = 'unit', labels = 'one-hot' } = parts;
  const { train, validation, test } = parts.splits;
  for (const [split, rows] of Object.entries(parts.splits)) if (rows) checkRows(parts, split, rows);
  const size = shape[0] * shape[1] * shape[2];
  const table = scaleTable(scaling, { ...train, size }, shape[2]);
  const targetWidth = labels === 'one-hot' ? classNames.length : 1;
  const stored = (rows: ImageRows): StoredRows => storedImages(rows, shape, table, targetWidth);
  return inMemoryDataset({
    name,
    ...imageShapes(shape, classNames.length),
    targetShape: [targetWidth],
    classNames: [...classNames],
    provenance,
    splits: {
      train: stored(train),
      ...(validation && { validation: stored(validation) }),
      ...(test && { test: stored(test) }),
    },
  });
}

function checkRows(
  { name, shape, classNames }: ImageDatasetParts,
  split: string,
  { pixels, labels, rows }: ImageRows,
): void {
  const refuse = (what: string): never => {
    throw new DatasetError('bad-data', `[dataset ${name}] the ${split} split ${what}`);
  };
  const size = shape.reduce((product, length) => product * length, 1);
  if (pixels.length !== labels.length * size) {
    refuse(
      `has ${pixels.length} bytes and ${labels.length} labels; images of ${shape.join(' x ')} take ` +
        `${labels.length * size} bytes`,
    );
  }
  const label = labels.find((value) => value >= classNames.length);
  if (label !== undefined)
    refuse(`has the label ${label}; with ${classNames.length} classes they go to ${classNames.length - 1}`);
  const row = rows?.find((value) => value >= labels.length);
  if (row !== undefined) refuse(`names the row ${row} of ${labels.length}`);
}

/** What the rows of a dataset of images are, also before it is loaded. */
export function imageShapes(shape: ImageShape, classes: number): DatasetShapes {
  return { task: 'classification', inputKind: 'dense', inputShape: [...shape], outputs: classes };
}

function storedImages(
  { pixels, labels, rows: chosen }: ImageRows,
  shape: ImageShape,
  table: Float32Array,
  targetWidth: number,
): StoredRows {
  const source = { pixels, shape, table };
  /** Images of rows that were named as the next. */
  const named = new WeakMap<Uint32Array, Uint32Array>();
  const imagesOf = (rows: Uint32Array): Uint32Array => {
    if (!chosen) return rows;
    const images = named.get(rows) ?? rows.map((row) => chosen[row]);
    named.set(rows, images);
    return images;
  };
  return {
    count: chosen?.length ?? labels.length,
    forget: (rows) => forgetImages(imagesOf(rows)),
    read(rows, next) {
      const images = imagesOf(rows);
      const targets = new Float32Array(rows.length * targetWidth);
      for (let r = 0; r < rows.length; r++) {
        if (targetWidth === 1) targets[r] = labels[images[r]];
        else targets[r * targetWidth + labels[images[r]]] = 1;
      }
      return {
        inputs: readImages(source, images, next && imagesOf(next)),
        targets: tensor2d(targets, [rows.length, targetWidth]),
      };
    },
  };
}
