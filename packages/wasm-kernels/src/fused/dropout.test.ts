import { useBackend } from '@wellfit/testing';
import { expectSameWhenDivided } from '../same-bits.test-support.js';
import { normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

test.each([
  [1024, 0],
  [3001, 0],
  [5000, 3],
  [2047, 1],
])('the same bits in pieces: %i elements, %i numbers left out', (size, skip) => {
  const [x, out] = [normal([size], 'x'), new Float32Array(size)];
  const numbers = [size, 2 ** 22, 4 / 3, 0x9abcdef0, 0x12345678, 5, skip];
  expectSameWhenDivided('dropout', [x, out], numbers, Math.ceil((size + skip) / 1024));
});
