import {
  conv2d,
  Conv2DBackpropInput,
  engine,
  reshape,
  slice,
  zeros,
  type Rank,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { convCases } from './conv-cases.test-support.js';
import { expectSameAsCpu, normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

const inputGradient = (dy: Tensor, filter: Tensor, attrs: object): Tensor =>
  engine().runKernel(Conv2DBackpropInput, { dy, filter }, { dataFormat: 'NHWC', ...attrs });

test.each(convCases)('agrees with the cpu backend: %j', async ({ input, filter, strides, pad }) => {
  const gradient = await expectSameAsCpu(
    ([w, values]) => {
      const { shape, size } = conv2d(zeros<Rank.R4>(input), w as Tensor4D, strides, pad);
      return inputGradient(reshape(slice(values, 0, size), shape), w, { strides, pad, inputShape: input });
    },
    [
      { values: normal(filter, 'w'), shape: filter },
      { values: normal([2000], 'dy'), shape: [2000] },
    ],
  );
  expect(gradient.some((value) => value !== 0)).toBe(true);
});

test('images whose channels come first stay with TensorFlow.js', async () => {
  await expectSameAsCpu(
    ([w, dy]) =>
      inputGradient(dy, w, { strides: 1, pad: 'same', inputShape: [2, 3, 5, 4], dataFormat: 'NCHW' }),
    [
      { values: normal([3, 3, 3, 6], 'w'), shape: [3, 3, 3, 6] },
      { values: normal([2, 6, 5, 4], 'dy'), shape: [2, 6, 5, 4] },
    ],
  );
});
