import '@tensorflow/tfjs-layers';
import { conv2d, fused, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { convCases, type ConvCase } from './conv-cases.test-support.js';
import { expectSameAsCpu, normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

/** All have a filter smaller than the stride in some direction; the stock kernel gives nonsense for most. */
const wideStrides: ConvCase[] = [
  { input: [2, 9, 9, 3], filter: [2, 2, 3, 4], strides: 3, pad: 'same' },
  { input: [1, 8, 8, 2], filter: [3, 3, 2, 3], strides: 4, pad: 'same' },
  { input: [2, 8, 7, 2], filter: [3, 1, 2, 3], strides: [1, 2], pad: 'same' },
  { input: [1, 10, 4, 1], filter: [3, 1, 1, 4], strides: [4, 2], pad: 'same' },
  { input: [2, 11, 1, 2], filter: [2, 2, 2, 3], strides: [4, 2], pad: 'same' },
  { input: [1, 9, 8, 2], filter: [1, 1, 2, 3], strides: 3, pad: 'same' },
];

const cases = [...wideStrides, ...convCases];

const given = ({ input, filter }: ConvCase) => [
  { values: normal(input, 'x'), shape: input },
  { values: normal(filter, 'w'), shape: filter },
];

test.each(cases)('agrees with the cpu backend: %j', async ({ strides, pad, ...shapes }) => {
  const convolve = ([x, filter]: Tensor[]): Tensor => conv2d(x as Tensor4D, filter as Tensor4D, strides, pad);
  await expectSameAsCpu(convolve, given({ strides, pad, ...shapes }));
});

test.each(wideStrides)(
  'agrees where bias and activation are fused: %j',
  async ({ strides, pad, ...shapes }) => {
    const convolve = ([x, filter]: Tensor[]): Tensor =>
      fused.conv2d({ x: x as Tensor4D, filter: filter as Tensor4D, strides, pad, activation: 'relu' });
    await expectSameAsCpu(convolve, given({ strides, pad, ...shapes }));
  },
);

test.each(['elu', 'leakyrelu', 'prelu', 'relu6', 'sigmoid'] as const)(
  'agrees where %s is fused',
  async (activation) => {
    await expectSameAsCpu(
      ([x, filter, bias, weights]) =>
        fused.conv2d({
          x: x as Tensor4D,
          filter: filter as Tensor4D,
          bias,
          strides: 1,
          pad: 'same',
          activation,
          leakyreluAlpha: 0.3,
          ...(activation === 'prelu' && { preluActivationWeights: weights }),
        }),
      [[2, 6, 5, 3], [3, 3, 3, 4], [4], [4]].map((shape, i) => ({
        values: normal(shape, `input ${i}`),
        shape,
      })),
    );
  },
);
