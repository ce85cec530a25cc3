import { getBackend, matMul, tensor2d } from '@tensorflow/tfjs-core';
import { expectNoLeak } from '@wellfit/testing';
import { wasm } from './wasm.js';

test('the probe names version and features', async () => {
  expect(await wasm().probe()).toEqual({
    available: true,
    detail: expect.stringMatching(/^TensorFlow\.js 4\.22\.0, SIMD$/) as string,
  });
});

test('after activation tensors are computed there, the console is as before and no error handler was added', async () => {
  const { log, warn } = console;
  const handlers = process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
  const activation = await wasm({ threads: 2 }).activate();
  expect(activation).toEqual({ numerics: 'exact', detail: '2 threads', reason: 'asked for' });
  expect(getBackend()).toBe('wasm');
  expect(console.log).toBe(log);
  expect(console.warn).toBe(warn);
  expect(process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection')).toBe(
    handlers,
  );
  await expectNoLeak(() => {
    const a = tensor2d([[1, 2]]);
    const b = tensor2d([[3], [4]]);
    const product = matMul(a, b);
    expect([...product.dataSync()]).toEqual([11]);
    [a, b, product].forEach((tensor) => tensor.dispose());
  });
});

test('a second activation changes nothing', async () => {
  expect((await wasm({ threads: 1, numerics: 'fast' }).activate()).detail).toBe('2 threads');
  expect(getBackend()).toBe('wasm');
});

test('wrong options are refused', () => {
  const untyped = wasm as (options: unknown) => unknown;
  expect(() => untyped({ threads: 0 })).toThrow(/\[backend wasm\] threads/);
  expect(() => untyped({ numerics: 'sloppy' })).toThrow(/\[backend wasm\] numerics/);
});
