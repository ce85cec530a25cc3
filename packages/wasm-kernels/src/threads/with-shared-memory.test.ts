import { readFileSync } from 'node:fs';
import { readBinary } from '../host/read-binary.js';
import { installedBinaries } from './share-heap.js';
import { withSharedMemory } from './with-shared-memory.js';

const differences = (a: Uint8Array, b: Uint8Array): number[] =>
  [...a.keys()].filter((i) => a[i] !== b[i]).map((i) => a[i] ^ b[i]);

test.each([
  ['kernels.wasm, which imports its memory', () => readBinary('kernels.wasm')],
  [
    'that of TensorFlow.js, which has its own',
    () => Promise.resolve(new Uint8Array(readFileSync(`${installedBinaries()}tfjs-backend-wasm-simd.wasm`))),
  ],
])('changes one bit of %s, and makes a module of it', async (_, read) => {
  const binary = await read();
  const untouched = binary.slice();
  const shared = withSharedMemory(binary);
  expect(differences(binary, shared)).toEqual([2]);
  expect(binary).toEqual(untouched);
  const module = await WebAssembly.compile(shared as BufferSource);
  const memories = [...WebAssembly.Module.imports(module), ...WebAssembly.Module.exports(module)];
  expect(memories.filter(({ kind }) => kind === 'memory')).toHaveLength(1);
});

test('a module that imports functions, a table and a global before its memory', () => {
  const binary = Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // a type of function
    ...[0x02, 0x1d, 0x04], // four imports
    ...[0x01, 0x61, 0x01, 0x66, 0x00, 0x00], // a.f, function of type 0
    ...[0x01, 0x61, 0x01, 0x74, 0x01, 0x70, 0x01, 0x01, 0x80, 0x01], // a.t, table of 1 to 128
    ...[0x01, 0x61, 0x01, 0x67, 0x03, 0x7f, 0x00], // a.g, constant i32
    ...[0x01, 0x61, 0x01, 0x6d, 0x02, 0x01, 0x01, 0x02], // a.m, memory of 1 to 2 pages
  );
  binary[15] = binary.length - 16;
  const shared = withSharedMemory(binary);
  expect(shared[binary.length - 3]).toBe(3);
  expect(WebAssembly.validate(shared as BufferSource)).toBe(true);
});

test.each([
  ['nothing', []],
  ['a module without a memory', [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]],
  ['a memory without a maximum', [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 0, 1]],
  ['a memory that is shared already', [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 4, 1, 3, 1, 2]],
])('refuses %s', (_, bytes) => {
  expect(() => withSharedMemory(Uint8Array.from(bytes))).toThrow(/no memory of a known form/);
});
