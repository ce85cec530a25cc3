import { errorOf } from '../error-of.test-support.js';
import { readNpy } from './read-npy.js';
import { opcodes, writeInt64, writeNpy } from './write-npz.test-support.js';

test('reads type, shape and data', () => {
  const array = readNpy(writeNpy('<i4', [2, 3], new Uint8Array(24).fill(7)));
  expect(array).toMatchObject({ descr: '<i4', shape: [2, 3], count: 6 });
  expect(array.data).toEqual(new Uint8Array(24).fill(7));
});

test('reads a file inside a larger buffer', () => {
  const file = writeInt64([5]);
  const buffer = new Uint8Array(file.length + 3);
  buffer.set(file, 3);
  expect(readNpy(buffer.subarray(3)).data).toEqual(Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 0));
});

test('reads format version 2, whose header has a longer length', () => {
  const version1 = writeInt64([5]);
  const version2 = Uint8Array.from([...version1.subarray(0, 6), 2, 0, ...version1.subarray(8, 10), 0, 0]);
  expect(readNpy(Uint8Array.from([...version2, ...version1.subarray(10)]))).toMatchObject({ shape: [1] });
});

test.each([
  ['something else', opcodes('PK\x03\x04 and so on'), 'does not begin with'],
  ['nothing', new Uint8Array(0), 'does not begin with'],
  ['an unknown version', opcodes('\x93NUMPY\x09\x00\x02\x00{}'), 'format version 9'],
  ['a header that is cut off', writeInt64([1]).subarray(0, 30), 'cut off'],
  ['code in the header', opcodes('\x93NUMPY\x01\x00\x14\x00{"descr": exit(1)}   '), 'cannot be understood'],
  ['a structured type', writeNpy("', '<i8'), ('b", [1], new Uint8Array(8)), 'cannot be understood'],
  ['a negative size', writeNpy('<i8', [-1], new Uint8Array(8)), 'cannot be understood'],
  ['an impossible shape', writeNpy('<i8', [4e9, 4e9], new Uint8Array(8)), 'impossible shape'],
])('refuses %s', (_, bytes, message) => {
  expect(errorOf(() => readNpy(bytes))).toMatchObject({ code: 'bad-npy' });
  expect(() => readNpy(bytes)).toThrow(message);
});
