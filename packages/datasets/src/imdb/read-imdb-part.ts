import { DatasetError } from '../dataset-error.js';
import { readIntLists } from '../npz/read-int-lists.js';
import { readIntegers } from '../npz/read-integers.js';
import { readNpy } from '../npz/read-npy.js';
import { readZipMember } from '../npz/read-zip-member.js';
import type { LabeledReviews, ReviewPart } from './encode-reviews.js';

/** The real members have 14.4 and 0.2 MB. */
const MOST_BYTES = { x: 64e6, y: 1e6 };

/** Word ids are ranks up to 88,584. */
const MOST_RANK = 1_000_000;

/**
 * Reads one part of `imdb.npz`: the word ranks of its reviews and their labels, as they are in the file.
 *
 * @throws DatasetError `bad-zip`, `bad-npy`, `bad-pickle`, `too-large`, `bad-data`.
 */
export function readImdbPart(npz: Uint8Array, part: ReviewPart): LabeledReviews {
  const words = readIntLists(readNpy(readZipMember(npz, `x_${part}.npy`, MOST_BYTES.x)));
  const labels = readIntegers(readNpy(readZipMember(npz, `y_${part}.npy`, MOST_BYTES.y)));
  if (words.offsets.length !== labels.length + 1) {
    throw new DatasetError(
      'bad-data',
      `imdb.npz has ${words.offsets.length - 1} ${part} reviews and ${labels.length} labels`,
    );
  }
  const badLabel = labels.find((label) => label !== 0 && label !== 1);
  if (badLabel !== undefined)
    throw new DatasetError('bad-data', `imdb.npz has the label ${badLabel}, not 0 or 1`);
  const badRank = words.values.find((rank) => rank < 0 || rank > MOST_RANK);
  if (badRank !== undefined) {
    throw new DatasetError(
      'bad-data',
      `imdb.npz has the word rank ${badRank}, not between 0 and ${MOST_RANK}`,
    );
  }
  return { words, labels: Uint8Array.from(labels) };
}
