import { fused, tidy, zeros, type Tensor } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameAsCpu, normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

const given = (...shapes: number[][]) =>
  shapes.map((shape, i) => ({ values: normal(shape, `input ${i}`), shape }));

describe.each(['linear', 'relu', 'sigmoid', 'elu', 'relu6', 'leakyrelu'] as const)(
  'with %s',
  (activation) => {
    test.each([
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ])('agrees with the cpu backend, transposeA %s, transposeB %s', async (transposeA, transposeB) => {
      const shapes = [transposeA ? [11, 9] : [9, 11], transposeB ? [13, 11] : [11, 13], [13]];
      const product = ([a, b, bias]: Tensor[]): Tensor =>
        fused.matMul({
          a: a,
          b: b,
          bias: bias,
          transposeA,
          transposeB,
          activation,
          leakyreluAlpha: 0.2,
        });
      const values = await expectSameAsCpu(product, given(...shapes));
      expect(values.some((value) => value !== 0)).toBe(true);
    });
  },
);

test('agrees with the cpu backend for stacks, with prelu, and without a bias', async () => {
  await expectSameAsCpu(
    ([a, b]) => fused.matMul({ a: a, b: b, activation: 'relu' }),
    given([3, 5, 6], [6, 10]),
  );
  await expectSameAsCpu(
    ([a, b, bias, weights]) =>
      fused.matMul({
        a: a,
        b: b,
        bias,
        activation: 'prelu',
        preluActivationWeights: weights,
      }),
    given([5, 6], [6, 10], [10], [10]),
  );
});

test('gives the bias where there is nothing to sum', async () => {
  const product = ([a, b, bias]: Tensor[]): Tensor =>
    fused.matMul({ a: a, b: b, bias: bias, activation: 'relu' });
  const values = await expectSameAsCpu(product, given([2, 0], [0, 3], [3]));
  expect(values).toHaveLength(6);
});

test('a bias that is not one value a column is refused, as by TensorFlow.js', () => {
  tidy(() => {
    const bias = zeros([3, 1]);
    expect(() => fused.matMul({ a: zeros([3, 2]), b: zeros([2, 4]), bias })).toThrow(/rank-1 bias/);
  });
});
