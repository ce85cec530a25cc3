import { DatasetError } from '../dataset-error.js';

/** An array of bytes from an IDX file. */
export interface IdxArray {
  /** For instance `[60000, 28, 28]`. */
  readonly shape: readonly number[];
  /** A view of the file, the last dimension fastest. */
  readonly values: Uint8Array;
}

const UNSIGNED_BYTES = 0x08;

const otherTypes: Readonly<Record<number, string>> = {
  0x09: 'signed bytes',
  0x0b: '16-bit integers',
  0x0c: '32-bit integers',
  0x0d: '32-bit floats',
  0x0e: '64-bit floats',
};

/**
 * Reads an IDX file of unsigned bytes, as MNIST and its relatives use: two zero bytes, the type, the number of
 * dimensions, the dimensions as big-endian 32-bit integers, the values (format: LeCun, Cortes, Burges, "The MNIST
 * database", section "file formats"). Takes no memory of its own.
 *
 * @param name Of the file, for errors.
 * @throws DatasetError `bad-idx` where it is not such a file, or holds more or fewer values than it declares.
 * @example
 * const { shape, values } = readIdx(await readFile('images-idx3-ubyte'));
 */
export function readIdx(bytes: Uint8Array, name = 'The file'): IdxArray {
  const refuse = (what: string): never => {
    throw new DatasetError('bad-idx', `${name} ${what}`);
  };
  if (bytes.length < 4)
    return refuse(`has ${bytes.length} bytes: too few for the header of IDX, it is cut off`);
  const [zero, alsoZero, type, rank] = bytes;
  if (zero !== 0 || alsoZero !== 0 || (type !== UNSIGNED_BYTES && !(type in otherTypes))) {
    const magic = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return refuse(`is no IDX file: it begins with ${magic}, not with 00 00 08 and the number of dimensions`);
  }
  if (type !== UNSIGNED_BYTES) return refuse(`holds ${otherTypes[type]}; only unsigned bytes can be read`);
  const start = 4 + 4 * rank;
  if (rank === 0 || bytes.length < start) {
    return refuse(`declares ${rank} dimensions in ${bytes.length} bytes: it is damaged or cut off`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, start);
  const shape = Array.from({ length: rank }, (_, dimension) => view.getUint32(4 + 4 * dimension));
  // Absurd dimensions give a product beyond exact integers, which equals no length either.
  const declared = shape.reduce((product, length) => product * length, 1);
  const values = bytes.subarray(start);
  if (declared !== values.length) {
    return refuse(
      `declares ${shape.join(' x ')} = ${declared} values and has ${values.length}: it is damaged or cut off`,
    );
  }
  return { shape, values };
}
