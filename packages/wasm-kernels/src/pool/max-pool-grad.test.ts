import '@tensorflow/tfjs-layers';
import {
  grad,
  maxPool,
  mul,
  reshape,
  sum,
  tensor,
  tidy,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameAsCpu, normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

type Pad = 'same' | 'valid' | number;
type Case = [number[], number | [number, number], number | [number, number], Pad];

/** Gradient of a sum of the pooled values in which each counts differently. */
function poolGradient(x: Tensor, [, size, strides, pad]: Case): Tensor {
  return grad((input) => {
    const pooled = maxPool(input as Tensor4D, size, strides, pad);
    return sum(mul(pooled, tensor(normal([pooled.size], 'dy'), pooled.shape)));
  })(x);
}

const cases: Case[] = [
  [[2, 8, 8, 3], 2, 2, 'valid'],
  [[1, 7, 5, 2], 2, 2, 'same'],
  [[1, 7, 5, 2], 2, 2, 'valid'],
  [[2, 6, 7, 2], 3, 2, 'same'],
  [[2, 6, 7, 2], 3, 1, 'same'],
  [[2, 6, 7, 2], [2, 3], [3, 1], 'valid'],
  [[1, 2, 2, 1], 5, 1, 'same'],
  [[2, 5, 5, 2], 3, 2, 1],
  [[1, 1, 1, 1], 1, 1, 'valid'],
];

test.each(cases)('agrees with the cpu backend: %j by %j, strides %j, %j', async (...given) => {
  const [shape] = given;
  await expectSameAsCpu(([x]) => poolGradient(x, given), [{ values: normal(shape, 'x'), shape }]);
});

test.each(cases)('where all is negative: %j by %j, strides %j, %j', async (...given) => {
  const [shape] = given;
  const values = normal(shape, 'x').map((value) => -Math.abs(value) - 1);
  await expectSameAsCpu(([x]) => poolGradient(x, given), [{ values, shape }]);
});

test.each(cases)('where many are equal: %j by %j, strides %j, %j', async (...given) => {
  const [shape] = given;
  const values = normal(shape, 'x').map((value) => Math.round(Math.max(value, -0.5)));
  await expectSameAsCpu(([x]) => poolGradient(x, given), [{ values, shape }]);
});

test('a maximum that is negative has its gradient, which the stock kernel drops', () => {
  const gradient = tidy(() => {
    const x = reshape(tensor([-1, -2, -3, -4, -5, -6, -7, -8]), [1, 2, 4, 1]);
    return grad((input) => sum(maxPool(input as Tensor4D, 2, 2, 'valid')))(x).dataSync();
  });
  expect([...gradient]).toEqual([1, 0, 1, 0, 0, 0, 0, 0]);
});
