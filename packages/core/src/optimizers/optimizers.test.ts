import { readFileSync } from 'node:fs';
import {
  matMul,
  mul,
  sub,
  sum,
  tensor,
  tidy,
  variable,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { describePlugin, expectNoLeak, useBackend } from '@wellfit/testing';
import type { Optimizer } from '../contracts/optimizer.js';
import { optimizers } from './optimizers.js';

/** Weights of Keras' optimizers on a least-squares problem; `tools/reference/keras-optimizers.py` computed them. */
interface Fixture {
  readonly problem: Record<'x' | 'y' | 'kernel', number[][]> & { readonly bias: number[] };
  readonly cases: readonly {
    readonly optimizer: keyof typeof optimizers;
    readonly options: object;
    readonly change?: { readonly afterStep: number; readonly learningRate: number };
    readonly weights: readonly {
      readonly step: number;
      readonly kernel: number[];
      readonly bias: number[];
    }[];
  }[];
}
const file = new URL('./keras-optimizers.fixture.json', import.meta.url);
const { problem, cases } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

/** The gradients of the mean squared error of `x . kernel + bias`, by hand. */
function gradients(kernel: Tensor2D, bias: Tensor): Tensor[] {
  const x: Tensor2D = tensor(problem.x);
  const residuals = sub(matMul(x, kernel), sub(tensor(problem.y), bias));
  const scaled: Tensor2D = mul(residuals, 2 / residuals.size);
  return [matMul(x, scaled, true), sum(scaled, 0)];
}

/** Steps the problem's weights; calls back after each step. */
function descend(
  optimizer: Optimizer,
  steps: number,
  after: (step: number, kernel: Tensor, bias: Tensor) => void,
): void {
  const [kernel, bias] = tidy(() => [variable(tensor(problem.kernel)), variable(tensor(problem.bias))]);
  for (let step = 1; step <= steps; step++) {
    tidy(() => optimizer.update([kernel, bias], gradients(kernel as Tensor as Tensor2D, bias)));
    after(step, kernel, bias);
  }
  [kernel, bias].forEach((weight) => weight.dispose());
}

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  useBackend(backend);

  test.each(cases)('$optimizer $options $change moves as in Keras', async (given) => {
    await expectNoLeak(() => {
      const create = optimizers[given.optimizer] as (options: object) => Optimizer;
      const optimizer = create(given.options);
      const compared: number[] = [];
      descend(optimizer, 20, (step, kernel, bias) => {
        const expected = given.weights.find((row) => row.step === step);
        if (expected) {
          expectClose(kernel, expected.kernel, given.optimizer);
          expectClose(bias, expected.bias, given.optimizer);
          compared.push(step);
        }
        if (step === given.change?.afterStep) optimizer.learningRate = given.change.learningRate;
      });
      expect(compared).toEqual([1, 2, 5, 10, 20]);
      optimizer.dispose();
    });
  });
});

test('the fixture covers every optimizer, with its defaults and with a change of the learning rate', () => {
  const names = Object.keys(optimizers).sort();
  const withDefaults = cases.filter(({ options }) => Object.keys(options).length === 0);
  expect(withDefaults.map(({ optimizer }) => optimizer).sort()).toEqual(names);
  const withChange = cases.filter(({ change }) => change);
  expect(withChange.map(({ optimizer }) => optimizer).sort()).toEqual(names);
});

describe.each(Object.keys(optimizers))('%s', (name) => {
  const rates = [0, -1, Infinity, NaN, '0.1'].map((learningRate) => ({ learningRate }));
  describePlugin<Optimizer>(optimizers, name, { badOptions: [...rates, { learnRate: 1 }, 0.1] });
});

/**
 * Weights are about 1, and 20 steps in float32 may differ by some units in the last place. With Adam, Keras itself is
 * up to 3.1e-6 from the same formulas in float64: it rounds `1 - beta2^t` to float32 while that is 0.001.
 */
function expectClose(actual: Tensor, expected: readonly number[], name: string): void {
  const values = actual.dataSync();
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - values[i])));
  expect(worst).toBeLessThan(name.startsWith('adam') ? 4e-6 : 5e-7);
}
