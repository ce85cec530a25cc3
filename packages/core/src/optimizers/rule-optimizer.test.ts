import { memory, tensor, tidy, variable, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import type { Optimizer } from '../contracts/optimizer.js';
import { CoreError } from '../errors.js';
import { adam, momentum, optimizers, rmsprop, sgd } from './index.js';

useBackend();

/** Weights of two shapes. */
const newWeights = (): Variable[] =>
  tidy(() => [
    variable(
      tensor([
        [0.5, -0.25],
        [1, 2],
      ]),
    ),
    variable(tensor([0.125, -1])),
  ]);

/** One step with a gradient that depends on the weights and the step. */
function step(optimizer: Optimizer, weights: readonly Variable[], count = 1): void {
  for (let i = 0; i < count; i++) {
    tidy(() => {
      const gradientOf = (weight: Tensor): Tensor => {
        const values = Array.from(weight.dataSync(), (value, j) => value / (1 + j) + 0.01 * i);
        return tensor(values, weight.shape);
      };
      optimizer.update(weights, weights.map(gradientOf));
    });
  }
}

const valuesOf = (tensors: readonly Tensor[]): number[][] => tensors.map((t) => Array.from(t.dataSync()));
/** The code of the error that is thrown. */
function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof CoreError) return error.code;
    throw error;
  }
  return undefined;
}

const dispose = (...owners: readonly { dispose(): void }[]): void =>
  owners.forEach((owner) => owner.dispose());

test.each(Object.entries(optimizers))('%s continues bit for bit from a saved state', async (_, factory) => {
  await expectNoLeak(() => {
    const create = factory as (options: { learningRate: number }) => Optimizer;
    const original = create({ learningRate: 0.05 });
    const weights = newWeights();
    step(original, weights, 7);
    const saved = original.state().map((t) => tensor(t.dataSync().slice(), t.shape, t.dtype));
    const copies = tidy(() => weights.map((weight) => variable(weight.clone())));

    const resumed = create({ learningRate: 0.05 });
    resumed.restore(copies, saved);
    dispose(...saved);
    step(original, weights, 5);
    step(resumed, copies, 5);
    expect(valuesOf(copies)).toEqual(valuesOf(weights));
    expect(valuesOf(resumed.state())).toEqual(valuesOf(original.state()));
    dispose(original, resumed, ...weights, ...copies);
  });
});

test('the state is the number of steps and the slots of each weight, in the order of the weights', () => {
  const optimizer = adam();
  const weights = newWeights();
  expect(optimizer.state()).toEqual([]);
  step(optimizer, weights, 3);
  const state = optimizer.state();
  expect(state.map(({ shape }) => shape)).toEqual([[], [2, 2], [2, 2], [2], [2]]);
  expect(state[0].dtype).toBe('int32');
  expect(state[0].dataSync()[0]).toBe(3);
  dispose(optimizer, ...weights);
});

test('steps leave nothing behind but the state, and disposal frees that', async () => {
  await expectNoLeak(() => {
    const optimizer = rmsprop({ momentum: 0.9, centered: true });
    const weights = newWeights();
    step(optimizer, weights);
    const after1 = memory().numTensors;
    step(optimizer, weights, 10);
    optimizer.state();
    expect(memory().numTensors).toBe(after1);
    dispose(optimizer, optimizer, ...weights);
  });
});

test('the learning rate can be set between steps, to positive finite numbers only', () => {
  const optimizer = momentum({ learningRate: 0.5 });
  expect(optimizer.learningRate).toBe(0.5);
  optimizer.learningRate = 0.25;
  expect(optimizer.learningRate).toBe(0.25);
  for (const value of [0, -0.1, NaN, Infinity]) {
    const set = (): number => (optimizer.learningRate = value);
    expect(set).toThrow(
      `[optimizer momentum] The learning rate must be a positive finite number, got ${value}.`,
    );
    expect(codeOf(set)).toBe('bad-learning-rate');
  }
  expect(optimizer.learningRate).toBe(0.25);
});

test('other weights than those of the first step are refused', () => {
  const optimizer = sgd();
  const weights = newWeights();
  const others = newWeights();
  step(optimizer, weights);
  expect(codeOf(() => step(optimizer, others))).toBe('other-weights');
  expect(codeOf(() => step(optimizer, weights.slice(1)))).toBe('other-weights');
  dispose(optimizer, ...weights, ...others);
});

test('a state that does not fit is refused', () => {
  const weights = newWeights();
  const saving = adam();
  step(saving, weights);
  const foreign = [...saving.state().slice(0, 3), ...saving.state().slice(1, 3)];
  for (const state of [[], saving.state().slice(1), saving.state().slice(0, 3), foreign]) {
    const restoring = adam();
    expect(codeOf(() => restoring.restore(weights, state))).toBe('bad-optimizer-state');
    dispose(restoring);
  }
  dispose(saving, ...weights);
});

test('a gradient of another size than its weight is an error, before anything changes', async () => {
  await expectNoLeak(() => {
    const weights = newWeights();
    const before = valuesOf(weights);
    const optimizer = sgd();
    const gradients = [tensor([1, 1, 1, 1], [2, 2]), tensor([1])];
    expect(codeOf(() => optimizer.update(weights, gradients))).toBe('bad-gradient');
    expect(valuesOf(weights)).toEqual(before);
    dispose(optimizer, ...weights, ...gradients);
  });
});
