import {
  conv2d,
  Conv2DBackpropFilter,
  engine,
  reshape,
  slice,
  zeros,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { convCases } from './conv-cases.test-support.js';
import { expectSameAsCpu, normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

const filterGradient = (x: Tensor, dy: Tensor, attrs: object): Tensor =>
  engine().runKernel(Conv2DBackpropFilter, { x, dy }, { dataFormat: 'NHWC', ...attrs });

test.each(convCases)('agrees with the cpu backend: %j', async ({ input, filter, strides, pad }) => {
  const gradient = await expectSameAsCpu(
    ([x, w, values]) => {
      const { shape, size } = conv2d(x as Tensor4D, w as Tensor4D, strides, pad);
      return filterGradient(x, reshape(slice(values, 0, size), shape), { strides, pad, filterShape: filter });
    },
    [
      { values: normal(input, 'x'), shape: input },
      { values: normal(filter, 'w'), shape: filter },
      { values: normal([2000], 'dy'), shape: [2000] },
    ],
  );
  expect(gradient.some((value) => value !== 0)).toBe(true);
});

test('images whose channels come first are refused, as by the convolution itself', () => {
  const x = zeros([1, 1, 3, 3]);
  const attrs = { strides: 1, pad: 'same', filterShape: [1, 1, 1, 1], dataFormat: 'NCHW' };
  expect(() => filterGradient(x, x, attrs)).toThrow(/NHWC images only, got NCHW/);
  x.dispose();
});
