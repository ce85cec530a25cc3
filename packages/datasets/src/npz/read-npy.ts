import { DatasetError } from '../dataset-error.js';

/** An array in NumPy's `.npy` format, header read, data untouched. */
export interface NpyArray {
  /** NumPy's type string, for instance `<i8` or `|O` for Python objects. */
  readonly descr: string;
  /** The order of several dimensions, C or Fortran, is not told: the readers here take one dimension only. */
  readonly shape: readonly number[];
  /** Product of the shape. */
  readonly count: number;
  /** What follows the header: numbers, or a pickle for `|O`. A view, not a copy. */
  readonly data: Uint8Array;
}

const MAGIC = '\x93NUMPY';
const HEADER =
  /^\{ *'descr': *'([^']{1,16})', *'fortran_order': *(?:True|False), *'shape': *\(([0-9, ]{0,200})\),? *\} *\n?$/;

/**
 * Reads the header of an `.npy` file (format versions 1 to 3). Structured types are not supported.
 *
 * @throws DatasetError `bad-npy`.
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  const ascii = new TextDecoder('latin1');
  if (ascii.decode(bytes.subarray(0, 6)) !== MAGIC || bytes.length < 12) {
    throw new DatasetError('bad-npy', 'This is not an .npy file: it does not begin with \\x93NUMPY');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6];
  if (version < 1 || version > 3) {
    throw new DatasetError(
      'bad-npy',
      `The .npy file has format version ${version}; versions 1 to 3 are known`,
    );
  }
  const begin = version === 1 ? 10 : 12;
  const end = begin + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > bytes.length)
    throw new DatasetError('bad-npy', 'The .npy file ends within its header: it is cut off');
  const header = ascii.decode(bytes.subarray(begin, Math.min(end, begin + 1000)));
  const match = HEADER.exec(header);
  if (match === null) {
    throw new DatasetError(
      'bad-npy',
      `The .npy header cannot be understood: ${JSON.stringify(header.slice(0, 120))}`,
    );
  }
  const shape = match[2].split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  const count = shape.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(count)) {
    throw new DatasetError('bad-npy', `The .npy header declares an impossible shape: (${match[2]})`);
  }
  return { descr: match[1], shape, count, data: bytes.subarray(end) };
}
