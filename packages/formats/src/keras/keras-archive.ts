import { errorMessage, isWellfitError } from '@wellfit/core';
import { unzipSync, zipSync } from 'fflate';
import { FormatError } from '../format-error.js';
import { LARGEST_CONFIG, LARGEST_FILE } from '../limits.js';

/** What a `.keras` file consists of. */
export interface KerasArchive {
  /** `config.json`: the architecture. */
  readonly config: Uint8Array;
  /** `model.weights.h5`: an HDF5 file. */
  readonly weights: Uint8Array;
}

const CONFIG = 'config.json';
const WEIGHTS = 'model.weights.h5';

/** Packs a `.keras` file, uncompressed as Keras does. */
export function packArchive(metadata: Uint8Array, { config, weights }: KerasArchive): Uint8Array {
  return zipSync({ 'metadata.json': metadata, [CONFIG]: config, [WEIGHTS]: weights }, { level: 0 });
}

/**
 * Unpacks a `.keras` file. Only the two members that matter are unpacked, and only where the size that they declare is
 * within the limits: no more memory than that is taken, whatever they really hold.
 *
 * @throws FormatError `bad-file`, `too-large`.
 */
export function unpackArchive(path: string, bytes: Uint8Array): KerasArchive {
  const limits: Readonly<Record<string, number>> = { [CONFIG]: LARGEST_CONFIG, [WEIGHTS]: LARGEST_FILE };
  const members = unzip(path, bytes, (name, size) => {
    if (!Object.hasOwn(limits, name)) return false;
    if (size <= limits[name]) return true;
    const message = `${name} in ${path} would take ${size} bytes, more than the ${limits[name]} allowed.`;
    throw new FormatError('too-large', message);
  });
  const { [CONFIG]: config, [WEIGHTS]: weights } = members;
  if (config === undefined || weights === undefined) {
    const missing = config === undefined ? CONFIG : WEIGHTS;
    throw new FormatError('bad-file', `${path} is no model of Keras 3: it lacks ${missing}.`);
  }
  return { config, weights };
}

function unzip(path: string, bytes: Uint8Array, wanted: (name: string, size: number) => boolean) {
  try {
    return unzipSync(bytes, { filter: ({ name, originalSize }) => wanted(name, originalSize) });
  } catch (error) {
    if (isWellfitError(error)) throw error;
    const message = `${path} is no zip archive, or a damaged one (${errorMessage(error)}). Is it complete?`;
    throw new FormatError('bad-file', message, { cause: error });
  }
}
