import { registerKernel, square, tensor1d, tidy, unregisterKernel, type Tensor } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { runKernel } from './backend-kernel.js';

useBackend('cpu');

test('a kernel may give a tensor that an operation made', () => {
  const kernel = { kernelName: 'TestSquare', backendName: 'cpu' };
  registerKernel({ ...kernel, kernelFunc: ({ inputs }) => square(inputs.x as Tensor) });
  try {
    const x = tensor1d([1, -2, 3]);
    const y = tidy(() => runKernel('TestSquare', { x })[0]);
    expect([...y.dataSync()]).toEqual([1, 4, 9]);
    x.dispose();
    y.dispose();
  } finally {
    unregisterKernel(kernel.kernelName, kernel.backendName);
  }
});
