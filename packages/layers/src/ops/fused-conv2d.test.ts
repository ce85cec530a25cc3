import { grad, mul, profile, sum, tensor, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { checkGradient, expectNoLeak, useBackend } from '@wellfit/testing';
import { drawn, expectAsComposed } from '../test-support/as-composed.js';
import { fusedConv2d } from './fused-conv2d.js';

useBackend('wasm');

type Case = [number[], number[], [number, number], 'same' | 'valid'];

const cases: Case[] = [
  [[2, 7, 6, 3], [3, 3, 3, 5], [1, 1], 'same'],
  [[2, 7, 6, 3], [3, 2, 3, 8], [2, 1], 'valid'],
  [[1, 9, 9, 2], [2, 2, 2, 3], [3, 3], 'same'],
  [[3, 8, 8, 16], [3, 3, 16, 20], [1, 1], 'same'],
  [[2, 1, 1, 4], [1, 1, 4, 9], [1, 1], 'valid'],
  [[0, 4, 4, 2], [3, 3, 2, 4], [1, 1], 'same'],
];

describe.each(['linear', 'relu', 'sigmoid', 'tanh'] as const)('with %s', (activation) => {
  test.each(cases)('equals the composed form: %j by %j, strides %j, %s', async (x, filter, strides, pad) => {
    const bias = [filter[3]];
    // Sums are rounded in proportion to their terms; sigmoid and tanh leave that error, but make the values small.
    const tolerance = activation === 'sigmoid' || activation === 'tanh' ? 2e-5 : 5e-6;
    await expectAsComposed(fusedConv2d, { x, filter, bias }, { strides, pad, activation }, tolerance);
    await expectAsComposed(fusedConv2d, { x, filter }, { strides, pad, activation }, tolerance);
  });

  test.each(['x', 'filter', 'bias'] as const)('has the gradient by %s of finite differences', (which) => {
    tidy(() => {
      const given = {
        x: drawn([2, 4, 5, 2], 'x', 0.3),
        filter: drawn([3, 2, 2, 4], 'filter', 0.3),
        // Far enough from 0 that no difference crosses the kink of relu.
        bias: tensor([4, -4, 5, -5]),
      };
      const weighting = drawn([2, 4, 5, 4], 'weighting', 0.05);
      const f = (value: Tensor): Scalar => {
        const attrs = { strides: [1, 1] as [number, number], pad: 'same' as const, activation };
        return sum(mul(fusedConv2d({ ...given, [which]: value }, attrs)[0], weighting));
      };
      checkGradient(f, given[which]);
    });
  });
});

test('computes no gradient by the images where nothing asks for it, and leaves nothing behind', async () => {
  const attrs = { strides: [1, 1] as [number, number], pad: 'same' as const, activation: 'relu' as const };
  const [x, filter] = [drawn([2, 6, 6, 3], 'x'), drawn([3, 3, 3, 4], 'filter')];
  await expectNoLeak(async () => {
    const { kernels } = await profile(() =>
      tidy(() => {
        grad((w) => sum(fusedConv2d({ x, filter: w }, attrs)[0]))(filter);
      }),
    );
    const names = kernels.map(({ name }) => name);
    expect(names).toContain('Conv2DBackpropFilter');
    expect(names).not.toContain('Conv2DBackpropInput');
  });
  for (const used of [x, filter]) used.dispose();
});

test('refuses filters of other channels', () => {
  tidy(() => {
    const given = { x: drawn([1, 4, 4, 4], 'x'), filter: drawn([3, 3, 2, 4], 'filter') };
    expect(() => fusedConv2d(given, { strides: [1, 1], pad: 'same', activation: 'linear' })).toThrow(
      /as many channels, got float32 images \[1, 4, 4, 4\] and filters \[3, 3, 2, 4\]/,
    );
  });
});
