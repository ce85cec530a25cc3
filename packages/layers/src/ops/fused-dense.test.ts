import {
  engine,
  grad,
  mul,
  square,
  sum,
  tensor,
  tidy,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { checkGradient, useBackend } from '@wellfit/testing';
import { drawn, expectAsComposed } from '../test-support/as-composed.js';
import { fusedDense } from './fused-dense.js';

useBackend('wasm');

/** Rows, width, units. */
const cases = [
  [5, 7, 3],
  [1, 1, 1],
  [33, 20, 17],
  [1500, 9, 10],
  [0, 4, 5],
  [6, 0, 5],
] as const;

describe.each(['linear', 'relu', 'sigmoid', 'tanh'] as const)('with %s', (activation) => {
  test.each(cases)('equals the composed form: %i rows, %i wide, %i units', async (rows, width, units) => {
    const shapes = { x: [rows, width], kernel: [width, units] };
    await expectAsComposed(fusedDense, { ...shapes, bias: [units] }, { activation });
    await expectAsComposed(fusedDense, shapes, { activation });
  });

  test.each(['x', 'kernel', 'bias'] as const)('has the gradient by %s of finite differences', (which) => {
    tidy(() => {
      const given = {
        x: drawn([5, 7], 'x', 0.3),
        kernel: drawn([7, 4], 'kernel', 0.3),
        // Far enough from 0 that no difference crosses the kink of relu.
        bias: tensor([4, -4, 5, -5]),
      };
      const weighting = drawn([5, 4], 'weighting', 0.1);
      const f = (value: Tensor): Scalar =>
        sum(mul(fusedDense({ ...given, [which]: value }, { activation })[0], weighting));
      checkGradient(f, given[which]);
    });
  });
});

test('a second derivative through a kernel is an error that names it', () => {
  const kernel = tensor([1], [1, 1]);
  const squared = (x: Tensor): Scalar => sum(square(fusedDense({ x, kernel }, { activation: 'relu' })[0]));
  const x = tensor([2], [1, 1]);
  const second = (): Tensor => grad((given: Tensor) => sum(grad(squared)(given)))(x);
  expect(() => tidy(second)).toThrow('gradient function not found for WellfitReluGradient');
  // TensorFlow.js keeps what was saved for a gradient that threw; these are its own tensors.
  for (const { saved } of engine().state.activeTape ?? []) saved?.forEach((tensor) => tensor.dispose());
  [kernel, x].forEach((tensor) => tensor.dispose());
});
