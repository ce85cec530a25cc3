import { backend, matMul, memory, ones, scalar, sum, tidy, zeros, type Tensor } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { startAfresh, stop } from '../start-afresh.test-support.js';
import { heapOf } from './emscripten-heap.js';

const MEGABYTE = 2 ** 20;

afterAll(stop);

describe.each([
  ['a shared heap, 2 threads', true, 2],
  ['a heap of its own', false, 1],
])('%s', (_, shared, threads) => {
  beforeAll(async () => {
    const kernels = await startAfresh({ threads }, shared);
    expect(kernels).toMatchObject({ active: true, threads });
    const { buffer } = heapOf(backend() as BackendWasm).asm.memory;
    expect(Object.prototype.toString.call(buffer)).toBe(
      shared ? '[object SharedArrayBuffer]' : '[object ArrayBuffer]',
    );
  });

  test('kernels are right right after the heap has grown', () => {
    const heap = heapOf(backend() as BackendWasm);
    const sizes = new Set<number>();
    const kept: Tensor[] = [];
    for (let i = 0; i < 24; i++) {
      // Not filled, so that nothing but the heap's end moves.
      const block = (backend() as BackendWasm).makeOutput([(i * MEGABYTE) / 2], 'float32');
      sizes.add(heap.HEAPU8.length);
      // Of 300 by 200 by 130 numbers: divided, packed, and with odd tails.
      kept.push(tidy(() => sum(matMul(ones([301, 201]), ones([201, 131])))));
      expect(kept.at(-1)!.dataSync()[0]).toBe(301 * 201 * 131);
      (backend() as BackendWasm).disposeData(block.dataId);
      if (i % 3 === 0) kept.push(zeros([5 * MEGABYTE]));
    }
    expect(sizes.size).toBeGreaterThan(4);
    for (const tensor of kept) tensor.dispose();
  });

  test('too large a tensor is an error, of whatever size, and the backend goes on', () => {
    const before = memory().numTensors;
    const gigabytes = [2 ** 28, 2 ** 30, 2 ** 30 + 4, 2 ** 31];
    const large = (): void => {
      const wasm = backend() as BackendWasm;
      const kept = [];
      try {
        for (let i = 0; i < 5; i++) kept.push(wasm.makeOutput([gigabytes[0]], 'float32'));
      } finally {
        for (const { dataId } of kept) wasm.disposeData(dataId);
      }
    };
    const refused = expect.objectContaining({ name: 'KernelError', code: 'out-of-memory' }) as Error;
    expect(large).toThrow(refused);
    for (const floats of gigabytes.slice(1)) {
      expect(() => (backend() as BackendWasm).makeOutput([floats], 'float32')).toThrow(refused);
    }
    expect(memory().numTensors).toBe(before);
    expect(tidy(() => matMul(ones([2, 3]), ones([3, 2])).dataSync()[0])).toBe(3);
    scalar(1).dispose();
  });
});
