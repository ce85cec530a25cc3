import { mul, sum, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { FusedOp } from '@wellfit/core';
import { checkGradient, useBackend } from '@wellfit/testing';
import { drawn, expectAsComposed } from '../test-support/as-composed.js';
import { normalizeBatch } from './normalize-batch.js';

useBackend('wasm');

const normalize: FusedOp<'x' | 'gamma' | 'beta', { epsilon: number }> = ({ x, gamma, beta }, { epsilon }) => {
  const { normalized } = normalizeBatch(x!, gamma, beta, epsilon);
  return [normalized];
};

test.each([
  [[7, 3]],
  [[2, 5]],
  [[33, 16]],
  [[300, 17]],
  [[5000, 1]],
  [[4, 9, 7, 6]],
  [[3, 11, 8]],
  [[40, 2000]],
  [[1, 4]],
])('equals the composed form: %j', async (shape) => {
  const width = shape.slice(-1);
  await expectAsComposed(normalize, { x: shape, gamma: width, beta: width }, { epsilon: 1e-3 });
  await expectAsComposed(normalize, { x: shape }, { epsilon: 1e-3 });
  await expectAsComposed(normalize, { x: shape, gamma: width }, { epsilon: 1e-3 });
  await expectAsComposed(normalize, { x: shape, beta: width }, { epsilon: 1e-3 });
});

test.each(['x', 'gamma', 'beta'] as const)('has the gradient by %s of finite differences', (which) => {
  tidy(() => {
    const given = { x: drawn([9, 5], 'x'), gamma: drawn([5], 'gamma'), beta: drawn([5], 'beta') };
    const weighting = drawn([9, 5], 'weighting', 0.3);
    const f = (value: Tensor): Scalar =>
      sum(mul(normalize({ ...given, [which]: value }, { epsilon: 1e-3 })[0], weighting));
    checkGradient(f, given[which]);
  });
});
