import { scalar, type Tensor } from '@tensorflow/tfjs-core';
import { expectNoLeak, useBackend } from './index.js';

useBackend();

test('passes where everything is disposed', async () => {
  await expectNoLeak(() => scalar(1).dispose());
});

test('counts what was left, also by asynchronous code', async () => {
  const left: Tensor[] = [];
  const body = async () => {
    await Promise.resolve();
    left.push(scalar(1), scalar(2));
  };
  await expect(expectNoLeak(body)).rejects.toThrow('2 tensors leaked');
  left.forEach((tensor) => tensor.dispose());
});
