import { zipSync } from 'fflate';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const join = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const int32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >> shift) & 255);

/** An `.npy` file of format version 1. */
export function writeNpy(descr: string, shape: readonly number[], data: Uint8Array): Uint8Array {
  const sizes = shape.map((size) => `${size},`).join(' ');
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }\n`;
  return join(
    latin1('\x93NUMPY\x01\x00'),
    Uint8Array.of(header.length & 255, header.length >> 8),
    latin1(header),
    data,
  );
}

/** An `.npy` file of 64-bit integers. */
export function writeInt64(values: readonly number[]): Uint8Array {
  return writeNpy('<i8', [values.length], new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
}

/** The opcodes before and after the elements of an array of objects, as Python 2 wrote them into `imdb.npz`. */
export const pickleHead = (count: number): Uint8Array =>
  join(
    latin1(
      '\x80\x02cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\nq\x02K\x00\x85U\x01b\x87Rq\x03(K\x01J',
    ),
    Uint8Array.from(int32(count)),
    latin1(
      '\x85cnumpy\ndtype\nq\x04U\x02O8K\x00K\x01\x87Rq\x05(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK?tb\x89',
    ),
  );
export const pickleTail = latin1('tb.');

/** A pickle: opcodes as text, for hand-made ones. */
export const opcodes = (text: string): Uint8Array => latin1(text);

/** An `.npy` file whose pickle has these elements between head and tail. */
export function writeObjects(count: number, elements: Uint8Array): Uint8Array {
  return writeNpy('|O', [count], join(pickleHead(count), elements, pickleTail));
}

/** An `.npy` file of lists of integers, in pickle protocol 2. */
export function writeIntLists(rows: readonly (readonly number[])[]): Uint8Array {
  const list = (row: readonly number[]): number[] => [0x5d, 0x28, ...row.flatMap(pickleInt), 0x65];
  return writeObjects(rows.length, Uint8Array.from([0x5d, 0x28, ...rows.flatMap(list), 0x65]));
}

function pickleInt(value: number): number[] {
  if (value >= 0 && value < 256) return [0x4b, value];
  if (value >= 0 && value < 65536) return [0x4d, value & 255, value >> 8];
  return [0x4a, ...int32(value)];
}

/** A deflated zip archive. */
export function writeZip(members: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(members, { level: 6 });
}
