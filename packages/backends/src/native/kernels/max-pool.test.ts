import { grads, maxPool, mul, relu, sum, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { NativeHost } from './native-host.js';
import { expectClose, normalTensor, onNative, useNative, valuesOn } from './native-kernels.test-support.js';

useNative();

type Case = [shape: number[], size: [number, number], strides: [number, number], pad: 'same' | 'valid'];

const cases: Case[] = [
  [[2, 6, 8, 3], [2, 2], [2, 2], 'valid'],
  [[2, 7, 5, 17], [2, 2], [2, 2], 'valid'],
  [[2, 7, 5, 3], [2, 2], [2, 2], 'same'],
  [[1, 9, 8, 4], [3, 2], [1, 2], 'same'],
  [[3, 9, 8, 4], [3, 3], [2, 1], 'valid'],
];

/** What pooling gives, and the gradient by what was pooled. */
function pooled([shape, size, strides, pad]: Case, name = 'x'): Tensor[] {
  const x = normalTensor(shape, name) as Tensor4D;
  const y = maxPool(x, size, strides, pad);
  const weighting = normalTensor(y.shape, 'weighting');
  return [
    y,
    ...grads((given: Tensor) => sum(mul(maxPool(given as Tensor4D, size, strides, pad), weighting)))([x]),
  ];
}

for (const given of cases) {
  onNative(`as on cpu: ${JSON.stringify(given)}`, async () => {
    expectClose(
      await valuesOn('tensorflow', () => pooled(given)),
      await valuesOn('cpu', () => pooled(given)),
    );
  });
}

onNative('of equal values, as behind a relu, one of each window gets the gradient', async () => {
  const [dx] = await valuesOn('tensorflow', () => {
    const x = relu(normalTensor([2, 4, 4, 5], 'ties')) as Tensor4D;
    return grads((given: Tensor) => sum(maxPool(given as Tensor4D, 2, 2, 'valid')))([x]);
  });
  expect([...new Set(dx)].sort()).toEqual([0, 1]);
  expect(dx.reduce((all, value) => all + value)).toBe(2 * 2 * 2 * 5);
});

onNative('frees what it noted for the gradient, and pools no rows', async () => {
  const { binding } = new NativeHost();
  const before = binding.getNumOfTensors();
  await valuesOn('tensorflow', () => pooled(cases[0]));
  expect(binding.getNumOfTensors()).toBe(before);
  const [y] = await valuesOn('tensorflow', () => [
    maxPool(normalTensor([0, 4, 4, 2], 'x') as Tensor4D, 2, 2, 'valid'),
  ]);
  expect(y).toHaveLength(0);
});
