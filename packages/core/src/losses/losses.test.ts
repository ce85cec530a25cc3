import { readFileSync } from 'node:fs';
import { grad, mul, scalar, sum, tensor, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { checkGradient, expectNoLeak, useBackend } from '@wellfit/testing';
import { CoreError } from '../errors.js';
import type { LossName } from './loss.js';
import { lossFor, losses } from './losses.js';

/** Values of Keras' losses on logits; `tools/reference/keras-losses.py` computed them. */
interface Fixture {
  readonly losses: readonly {
    readonly loss: LossName;
    readonly logits: number[][];
    readonly targets: number[] | number[][];
    readonly value: number;
    readonly gradient: number[];
  }[];
}
const file = new URL('./keras-losses.fixture.json', import.meta.url);
const cases = (JSON.parse(readFileSync(file, 'utf8')) as Fixture).losses;

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  useBackend(backend);

  test.each(cases)('$loss of $logits has the value and gradient of Keras', async (given) => {
    await expectNoLeak(() => {
      const loss = losses[given.loss];
      const logits = tensor(given.logits);
      const targets = tensor(given.targets);
      const value = loss.compute(logits, targets);
      expect(value.shape).toEqual([]);
      expect(value.dataSync()[0]).toBeCloseTo(given.value, 6);

      const gradient = grad((z) => loss.compute(z, targets))(logits);
      const slopes = Array.from(gradient.dataSync());
      given.gradient.forEach((slope, i) => expect(slopes[i]).toBeCloseTo(slope, 6));
      [logits, targets, value, gradient].forEach((t) => t.dispose());
    });
  });

  test('logits of 1000 and -1000 give finite values and gradients', () => {
    tidy(() => {
      const binary = tensor([[1000], [-1000], [1000], [-1000]]);
      expectFinite(
        (z) => losses['binary-crossentropy'].compute(z, tensor([[1], [1], [0], [0]])),
        binary,
        500,
      );
      const wide = tensor([
        [1000, -1000],
        [1000, -1000],
      ]);
      expectFinite((z) => losses['categorical-crossentropy'].compute(z, tensor([0, 1])), wide, 1000);
    });
  });
});

describe.each(['wasm', 'cpu'] as const)('gradients on %s', (backend) => {
  useBackend(backend);
  const logits = [
    [0.3, -1.2, 0.8],
    [2.1, 0.4, -0.6],
  ];
  const shares = [
    [0.2, 0.3, 0.5],
    [0, 0, 1],
  ];

  test.each([
    ['binary-crossentropy', shares],
    ['categorical-crossentropy', shares],
    ['categorical-crossentropy', [[2], [1]]],
    ['mean-squared-error', shares],
  ] as [LossName, number[][]][])('%s agrees with finite differences', (name, targets) => {
    tidy(() => {
      const y = tensor(targets);
      checkGradient((z) => losses[name].compute(z, y), tensor(logits), { absolute: 5e-4 });
    });
  });

  test('a factor after the loss reaches the gradient', () => {
    tidy(() => {
      const y = tensor([[1], [0]]);
      const slopesTimes = (factor: number): number[] => {
        const f = (z: Tensor): Tensor => mul(losses['binary-crossentropy'].compute(z, y), factor);
        return Array.from(grad(f)(tensor([[0.5], [2]])).dataSync());
      };
      const [first, second] = slopesTimes(1);
      expect(slopesTimes(-4)).toEqual([-4 * first, -4 * second]);
    });
  });

  test.each([1, 2])('the gradient of a gradient sees a factor of %d after the loss', (factor) => {
    tidy(() => {
      const y = tensor([[1], [0]]);
      const z = tensor([[0.5], [2]]);
      const first = (by: Tensor): Tensor =>
        sum(grad((x) => mul(losses['binary-crossentropy'].compute(x, y), by))(z));
      // It is proportional to the factor.
      const [slope] = grad(first)(scalar(factor)).dataSync();
      expect(slope).toBeCloseTo(first(scalar(1)).dataSync()[0], 6);
    });
  });
});

describe.each(['wasm', 'cpu'] as const)('targets on %s', (backend) => {
  useBackend(backend);
  const of = (name: LossName, logits: number[][], targets: number[] | number[][]): number =>
    tidy(() => losses[name].compute(tensor(logits), tensor(targets)).dataSync()[0]);

  test('a vector serves for one output', () => {
    const logits = [[0.5], [-2]];
    expect(of('binary-crossentropy', logits, [1, 0])).toBe(of('binary-crossentropy', logits, [[1], [0]]));
    expect(of('mean-squared-error', logits, [1, 0])).toBe(2.125);
  });

  test('class numbers may stand in a column', () => {
    const logits = [
      [1, 2, 3],
      [3, 1, 0],
    ];
    const asVector = of('categorical-crossentropy', logits, [2, 0]);
    expect(of('categorical-crossentropy', logits, [[2], [0]])).toBe(asVector);
  });

  test.each([
    ['binary-crossentropy', [[1], [2]], [1, 0, 1]],
    ['binary-crossentropy', [[1, 2, 3, 4]], [[1], [0], [1], [0]]],
    ['mean-squared-error', [[1, 2]], [1]],
    ['categorical-crossentropy', [[1, 2, 3]], [[0, 1]]],
  ] as const)('%s of %j refuses targets %j', (name, logits, targets) => {
    expectCode('bad-shape', () => of(name, logits as never, targets as never));
  });

  test.each([3, -1, 0.5, NaN])('%d is no class of three', (id) => {
    expectCode('bad-target', () => of('categorical-crossentropy', [[1, 2, 3]], [id]));
  });
});

test('each task has its default loss', () => {
  expect(lossFor('binary-classification').name).toBe('binary-crossentropy');
  expect(lossFor('classification').name).toBe('categorical-crossentropy');
  expect(lossFor('regression').name).toBe('mean-squared-error');
  expect(lossFor('regression', 'mean-squared-error')).toBe(losses['mean-squared-error']);
  expect(() => lossFor('binary-classification', 'mean-squared-error')).toThrow(
    'The loss mean-squared-error does not fit binary-classification data: use binary-crossentropy, or leave it out.',
  );
  for (const [name, loss] of Object.entries(losses)) expect(loss.name).toBe(name);
});

function expectFinite(loss: (z: Tensor) => Scalar, logits: Tensor, value: number): void {
  expect(loss(logits).dataSync()[0]).toBeCloseTo(value, 3);
  for (const slope of grad(loss)(logits).dataSync()) expect(Number.isFinite(slope)).toBe(true);
}

function expectCode(code: string, act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (error instanceof CoreError) return expect(error.code).toBe(code);
    throw error;
  }
  throw new Error(`expected an error with the code ${code}`);
}
