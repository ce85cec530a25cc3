import { getBackend, tensor1d } from '@tensorflow/tfjs-core';
import { cpu } from './cpu.js';
import { makeCurrent } from './make-current.js';
import { wasm } from './wasm.js';

test('another backend does not take over while tensors live', async () => {
  await cpu().activate();
  const living = tensor1d([1]);
  await expect(wasm({ threads: 1 }).activate()).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringMatching(/wasm cannot take over while 1 tensors live on cpu/) as string,
  });
  expect(getBackend()).toBe('cpu');
  await cpu().activate();
  living.dispose();
  await wasm({ threads: 1 }).activate();
  expect(getBackend()).toBe('wasm');
});

test('a backend that nobody registered is an error that names the likely cause', async () => {
  await expect(makeCurrent('tensorflow', '')).rejects.toThrow(/two copies of tfjs-core are installed/);
});
