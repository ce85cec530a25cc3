import { add, conv2d, relu, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { runKernel } from '@wellfit/core';
import { expectClose, normalTensor, onNative, useNative, valuesOn } from './native-kernels.test-support.js';

useNative();

const cases: [pad: 'same' | 'valid', strides: [number, number], biased: boolean][] = [
  ['same', [1, 1], true],
  ['same', [2, 1], false],
  ['valid', [1, 1], false],
  ['valid', [2, 3], true],
];

for (const [pad, strides, biased] of cases) {
  onNative(
    `${pad}, strides ${strides.join()}, ${biased ? 'with' : 'without'} bias, as composed on cpu`,
    async () => {
      const given = (): Record<'x' | 'filter', Tensor4D> & { bias?: Tensor } => ({
        x: normalTensor([2, 9, 8, 3], 'x') as Tensor4D,
        filter: normalTensor([3, 3, 3, 5], 'filter') as Tensor4D,
        ...(biased && { bias: normalTensor([5], 'bias') }),
      });
      const got = await valuesOn('tensorflow', () =>
        runKernel('WellfitConv2D', given(), { strides, pad, activation: 'relu' }),
      );
      const expected = await valuesOn('cpu', () => {
        const { x, filter, bias } = given();
        const product = conv2d(x, filter, strides, pad);
        return [relu(bias ? add(product, bias) : product)];
      });
      expectClose(got, expected);
    },
  );
}
