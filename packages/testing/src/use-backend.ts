import '@tensorflow/tfjs-backend-cpu';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { env, memory, ready, scalar, setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerTrainingKernels } from '@wellfit/wasm-kernels';

/**
 * Makes a real TensorFlow.js backend current for all tests of the file that calls it, and fails each test that leaves
 * more or fewer tensors behind than there were.
 *
 * @param name `wasm` by default, with the training kernels, as in the product; `stock-wasm` has none of them.
 */
export function useBackend(name: 'cpu' | 'wasm' | 'stock-wasm' = 'wasm'): void {
  beforeAll(async () => {
    const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(dirname(entry) + sep);
    // The cpu backend, which tests compare with, advises on its first use to install another one: silence just that.
    await setBackend('cpu');
    env().set('IS_TEST', true);
    scalar(0).dispose();
    env().set('IS_TEST', false);
    if (name !== 'cpu' && !(await setBackend('wasm'))) throw new Error(`the ${name} backend did not start`);
    await ready();
    if (name === 'wasm') await registerTrainingKernels({ threads: 1 });
  });

  // Every test of such a file is a test for leaks, also one that does not ask.
  let before = 0;
  beforeEach(() => {
    before = memory().numTensors;
  });
  afterEach(() => {
    const leaked = memory().numTensors - before;
    if (leaked !== 0) throw new Error(`the test left ${leaked} tensors behind`);
  });
}
