import '@tensorflow/tfjs-layers';
import { depthwiseConv2d, grads, mul, sum, tensor, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameBits } from '../same-bits.test-support.js';
import { expectSameAsCpu, normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

type Case = [number[], number[], number | [number, number], 'same' | 'valid' | number];

/** Filters are `[height, width, channels, multiplier]`. */
const cases: Case[] = [
  [[2, 8, 8, 4], [3, 3, 4, 1], 1, 'same'],
  [[2, 7, 5, 7], [3, 2, 7, 1], 1, 'valid'],
  [[1, 9, 8, 5], [3, 3, 5, 2], 2, 'same'],
  [[2, 9, 8, 3], [2, 3, 3, 4], [2, 3], 'valid'],
  [[2, 5, 6, 8], [3, 3, 8, 1], 2, 1],
  [[1, 1, 1, 1], [1, 1, 1, 1], 1, 'same'],
  [[2, 4, 4, 3], [1, 1, 3, 5], 3, 'valid'],
  [[0, 4, 4, 3], [3, 3, 3, 1], 1, 'same'],
];

function gradients([x, filter]: Tensor[], [, , strides, pad]: Case): Tensor[] {
  return grads((image, window) => {
    const out = depthwiseConv2d(image as Tensor4D, window as Tensor4D, strides, pad);
    return sum(mul(out, tensor(normal([out.size], 'dy'), out.shape)));
  })([x, filter]);
}

const given = ([input, filter]: Case) => [
  { values: normal(input, 'x'), shape: input },
  { values: normal(filter, 'w'), shape: filter },
];

describe.each(['by the input', 'by the filter'])('gradient %s', (by) => {
  const which = by === 'by the input' ? 0 : 1;

  test.each(cases)('agrees with the cpu backend: %j by %j, strides %j, %j', async (...drawn) => {
    await expectSameAsCpu((inputs) => gradients(inputs, drawn)[which], given(drawn));
  });

  test.each(cases.slice(0, 4))('has the same bits however it is divided: %j by %j', (...drawn) => {
    expectSameBits(
      () =>
        gradients(
          given(drawn).map(({ values, shape }) => tensor(values, shape)),
          drawn,
        )[which],
    );
  });
});
