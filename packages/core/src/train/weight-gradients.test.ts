import {
  add,
  customGrad,
  engine,
  matMul,
  memory,
  mul,
  relu,
  split,
  square,
  sum,
  tensor,
  tidy,
  variable,
  variableGrads,
  type Scalar,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { CoreError } from '../errors.js';
import { meanSquaredError } from '../losses/index.js';
import { weightGradients } from './weight-gradients.js';

useBackend();

const shapes = [
  [2, 2],
  [2, 2],
  [2, 4],
];
const newWeights = (): Variable[] =>
  tidy(() =>
    shapes.map((shape, i) =>
      variable(
        tensor(
          [0.5, -1, 2, 0.25, 3, -2, 1, -0.75].slice(0, shape[0] * shape[1]).map((x) => x * (1 + i)),
          shape,
        ),
      ),
    ),
  );

/** A weight used twice, one whose gradient joins two paths, an operation with two outputs, and one that leads nowhere. */
function forward([a, b, wide]: readonly Tensor[]): Scalar {
  const x = tensor([
    [1, -2],
    [0.5, 3],
  ]);
  const hidden = relu(matMul(x, a));
  const both = add(matMul(hidden, b), mul(hidden, a));
  const [left] = split(wide, 2, 1);
  square(hidden);
  return sum<Scalar>(mul(both, left));
}

const values = (tensors: readonly (Tensor | undefined)[]): (number[] | undefined)[] =>
  tensors.map((t) => t && Array.from(t.dataSync()));

test('gives the gradients of TensorFlow.js, bit for bit, and leaves nothing behind', async () => {
  await expectNoLeak(() => {
    const weights = newWeights();
    tidy(() => {
      const { grads } = variableGrads(() => forward(weights), weights);
      const expected = weights.map(({ name }) => grads[name]);
      expect(values(weightGradients(() => forward(weights), weights))).toEqual(values(expected));
    });
    weights.forEach((weight) => weight.dispose());
  });
});

test('a weight that the result does not depend on has no gradient', () => {
  const weights = newWeights();
  tidy(() => {
    const found = weightGradients(() => sum(square(weights[1])), weights);
    expect(values(found)).toEqual([undefined, Array.from(weights[1].dataSync(), (w) => 2 * w), undefined]);
  });
  weights.forEach((weight) => weight.dispose());
});

test('a forward pass that throws, and a gradient that throws, leave nothing behind and record no further', async () => {
  const weights = newWeights();
  const failing = customGrad((x) => ({
    value: square(x as Tensor),
    gradFunc: () => {
      throw new Error('no slope');
    },
  }));
  const attempts = [
    [(): Scalar => (forward(weights), fail('no value')), 'no value'],
    [(): Scalar => sum(failing(matMul(weights[0] as never, weights[1] as never))), 'no slope'],
  ] as const;
  for (const [attempt, message] of attempts) {
    await expectNoLeak(() => {
      expect(() => tidy(() => weightGradients(attempt, weights))).toThrow(message);
      expect(engine().state.gradientDepth).toBe(0);
      const before = memory().numTensors;
      tidy(() => {
        weightGradients(() => forward(weights), weights);
      });
      expect(memory().numTensors).toBe(before);
    });
  }
  weights.forEach((weight) => weight.dispose());
});

test('gradients of another shape, and inputs without one, are errors that name them', () => {
  const weights = newWeights();
  const wrong = customGrad((x) => ({ value: square(x as Tensor), gradFunc: (dy: Tensor) => sum(dy) }));
  const codeOf = (f: (x: Tensor) => Scalar): string | undefined => {
    try {
      tidy(() => weightGradients(() => f(weights[0]), weights));
    } catch (error) {
      return error instanceof CoreError ? error.code : String(error);
    }
    return undefined;
  };
  expect(codeOf((x) => sum(wrong(x)))).toBe('bad-gradient');
  // Losses have no gradient by their targets.
  const asTargets = (x: Tensor): Scalar => meanSquaredError.compute(tensor([1, 2, 3, 4], [2, 2]), x);
  expect(codeOf(asTargets)).toBe('bad-gradient');
  weights.forEach((weight) => weight.dispose());
});

function fail(message: string): never {
  throw new Error(message);
}
