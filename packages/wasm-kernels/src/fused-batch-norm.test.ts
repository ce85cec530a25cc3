import { batchNorm, type Tensor1D } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameAsCpu, normal } from './same-as-cpu.test-support.js';

useBackend('wasm');

const positive = (values: Float32Array): Float32Array => values.map((value) => value * value);

const given = (shape: number[], statistics: number[]) => [
  { values: normal(shape, 'x'), shape },
  { values: normal(statistics, 'mean'), shape: statistics },
  { values: positive(normal(statistics, 'variance')), shape: statistics },
  { values: normal(statistics, 'offset'), shape: statistics },
  { values: normal(statistics, 'scale'), shape: statistics },
];

describe.each([
  [[5, 7], [7]],
  [[1, 1], [1]],
  [[0, 4], [4]],
  [[3, 9, 5, 16], [16]],
  [[2, 3, 33], [33]],
  // As many statistics as values: left to the stock kernel.
  [
    [4, 6],
    [4, 6],
  ],
])('x %j, statistics %j', (shape, statistics) => {
  test.each([
    ['offset and scale', true, true],
    ['neither', false, false],
    ['an offset', true, false],
    ['a scale', false, true],
  ])('with %s, as on the cpu backend', async (_, offset, scale) => {
    await expectSameAsCpu(
      ([x, mean, variance, beta, gamma]) => {
        const parts = [mean, variance, offset ? beta : undefined, scale ? gamma : undefined];
        return batchNorm(x, ...(parts as [Tensor1D, Tensor1D]), 1e-3);
      },
      given(shape, statistics),
    );
  });
});
