import {
  customGrad,
  mul,
  square,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { checkGradient, expectNoLeak, useBackend } from './index.js';

useBackend();

const cubes = (x: Tensor): Scalar => sum(mul(x, square(x)));
/** Value as `sum(x^2)`, with a gradient that is wrong by a factor. */
const wrong = (factor: number) => (x: Tensor) =>
  customGrad((input) => ({
    value: sum(square(input as Tensor)),
    gradFunc: (dy: Tensor) => mul(dy, mul(x, 2 * factor)),
  }))(x) as Scalar;

test('accepts a right gradient, and leaks nothing', async () => {
  await expectNoLeak(() =>
    tidy(() => {
      checkGradient(
        cubes,
        tensor2d([
          [0.5, -1],
          [2, 0],
        ]),
      );
    }),
  );
});

test('names the element whose gradient is wrong', () => {
  expect(() => tidy(() => checkGradient(wrong(1.05), tensor1d([0, 1, 2])))).toThrow(
    /gradient of element 1 \(value 1\) is 2\.\d+, finite differences give \d/,
  );
});

test('fails on a gradient that is not a number', () => {
  expect(() => tidy(() => checkGradient(wrong(NaN), tensor1d([1])))).toThrow('is NaN');
});

test('allows what it is told to', () => {
  tidy(() => checkGradient(wrong(1.05), tensor1d([1, 2]), { relative: 0.1 }));
});
