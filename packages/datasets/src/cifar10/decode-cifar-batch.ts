import { DatasetError } from '../dataset-error.js';
import type { ImageRows } from '../images/image-dataset.js';

/** Images in one file of CIFAR-10. */
export const ROWS_PER_BATCH = 10_000;

const CHANNEL = 32 * 32;

/** Bytes of an image: 32 x 32 pixels with three channels. */
export const PIXELS_PER_IMAGE = 3 * CHANNEL;

const RECORD = 1 + PIXELS_PER_IMAGE;

/**
 * Decodes records of CIFAR-10's binary version: a label byte, then a plane of 32 x 32 bytes each for red, green and
 * blue (format: the data set's page, section "Binary version"). The planes are woven into pixels.
 *
 * @param out Takes the images and labels.
 * @param first Row of `out` that the first record becomes.
 * @param name Of the file, for errors.
 * @throws DatasetError `bad-data` where the length is not a whole number of records, there are more of them than `out`
 * has rows left, or a label is not 0 to 9.
 */
export function decodeCifarBatch(bytes: Uint8Array, out: ImageRows, first: number, name: string): void {
  const rows = bytes.length / RECORD;
  const room = out.labels.length - first;
  if (!Number.isInteger(rows) || rows > room) {
    throw new DatasetError(
      'bad-data',
      `${name} has ${bytes.length} bytes, not a whole number of up to ${room} records of ${RECORD} bytes: it is ` +
        `cut off or another file`,
    );
  }
  const { pixels, labels } = out;
  for (let row = 0; row < rows; row++) {
    const label = bytes[row * RECORD];
    if (label > 9) {
      throw new DatasetError('bad-data', `${name} has the label ${label} in row ${row}, not one of 0 to 9`);
    }
    labels[first + row] = label;
    let from = row * RECORD + 1;
    let to = (first + row) * PIXELS_PER_IMAGE;
    for (let pixel = 0; pixel < CHANNEL; pixel++, from++, to += 3) {
      pixels[to] = bytes[from];
      pixels[to + 1] = bytes[from + CHANNEL];
      pixels[to + 2] = bytes[from + 2 * CHANNEL];
    }
  }
}
