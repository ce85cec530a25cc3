import { errorOf } from '../error-of.test-support.js';
import { readIntegers } from './read-integers.js';
import { readNpy } from './read-npy.js';
import { writeInt64, writeNpy } from './write-npz.test-support.js';

const read = (bytes: Uint8Array): number[] => [...readIntegers(readNpy(bytes))];

test('reads 64-bit integers that fit 32 bits', () => {
  expect(read(writeInt64([0, 1, -1, 2 ** 31 - 1, -(2 ** 31)]))).toEqual([0, 1, -1, 2 ** 31 - 1, -(2 ** 31)]);
});

test.each([
  ['|b1', Uint8Array.of(1, 0), [1, 0]],
  ['|u1', Uint8Array.of(255, 0), [255, 0]],
  ['|i1', Uint8Array.of(255, 1), [-1, 1]],
  ['<u2', Uint8Array.of(255, 255), [65535]],
  ['<i2', Uint8Array.of(255, 255), [-1]],
  ['<i4', Uint8Array.of(0, 1, 0, 0), [256]],
])('reads %s', (descr, data, expected) => {
  expect(read(writeNpy(descr, [expected.length], data))).toEqual(expected);
});

test.each([
  ['a number beyond 32 bits', writeInt64([2 ** 31]), '2147483648'],
  ['floating point', writeNpy('<f8', [1], new Uint8Array(8)), '<f8'],
  ['objects', writeNpy('|O', [1], new Uint8Array(8)), '|O'],
  ['a name that objects inherit', writeNpy('constructor', [1], new Uint8Array(8)), 'constructor'],
  ['two dimensions', writeNpy('<i8', [1, 1], new Uint8Array(8)), '(1, 1)'],
  ['fewer numbers than declared', writeNpy('<i8', [2], new Uint8Array(8)), 'not 2 x 8'],
  ['more numbers than declared', writeNpy('<i8', [1], new Uint8Array(9)), 'not 1 x 8'],
  ['an absurd length', writeNpy('<i8', [1e15], new Uint8Array(8)), 'not 1000000000000000 x 8'],
])('refuses %s', (_, bytes, message) => {
  expect(errorOf(() => read(bytes))).toMatchObject({ code: 'bad-npy' });
  expect(() => read(bytes)).toThrow(message);
});
