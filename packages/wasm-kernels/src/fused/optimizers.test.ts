import {
  env,
  mul,
  setBackend,
  tensor,
  tidy,
  variable,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import { adam, momentum, rmsprop, sgd, type Optimizer } from '@wellfit/core';
import { optimizerCases, useBackend } from '@wellfit/testing';
import { expectSameWhenDivided } from '../same-bits.test-support.js';
import { normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

const shapes = [[1], [3], [4], [1025], [67, 33], [0]];

/** The bits of all weights and of the optimizer's state after some steps on one backend. */
async function train(
  backend: string,
  create: () => Optimizer,
  strange: readonly number[],
): Promise<number[][]> {
  await setBackend(backend);
  // On its first use the cpu backend advises, on the console, to install another one.
  env().set('IS_TEST', true);
  const optimizer = create();
  const weights = tidy(() => shapes.map((shape) => variable(tensor(normal(shape, 'weight'), shape))));
  for (let step = 1; step <= 4; step++) {
    tidy(() => {
      const gradients = shapes.map((shape) => {
        const values = normal(shape, `gradient ${step}`);
        if (step === 2)
          strange.forEach((value, i) => i < values.length && (values[values.length - 1 - i] = value));
        return tensor(values, shape);
      });
      optimizer.update(weights, gradients);
    });
  }
  const all: Tensor[] = [...weights, ...optimizer.state().slice(1)];
  const bits = all.map((t) => Array.from(new Uint32Array(quietly(t.dataSync<'float32'>()).buffer)));
  optimizer.dispose();
  weights.forEach((weight) => weight.dispose());
  return bits;
}

/** A copy in which every NaN has the same bits: hosts differ in them. */
function quietly(values: Float32Array): Float32Array {
  return values.map((value) => (Number.isNaN(value) ? NaN : value));
}

describe.each(Object.entries(optimizerCases))('%s', (_, create) => {
  afterAll(() => setBackend('wasm'));

  test('gives the same bits as the composed rule on the cpu backend', async () => {
    expect(await train('wasm', create, [])).toEqual(await train('cpu', create, []));
  });

  test('so it does with gradients that are infinite, not numbers, tiny or minus 0', async () => {
    const strange = [NaN, Infinity, -Infinity, 1e-42, -0, 1e20];
    expect(await train('wasm', create, strange)).toEqual(await train('cpu', create, strange));
  });
});

test.each([
  ['adam', ['m', 'v']],
  ['momentum', ['m']],
  ['rmsprop', ['v', 'mean', 'accumulated']],
] as const)('%s makes averages 0 that have faded, and only those', async (name, slots) => {
  await setBackend('wasm');
  const create = { adam, momentum, rmsprop: () => rmsprop({ momentum: 0.5, centered: true }) }[name];
  const optimizer = create();
  const weights = tidy(() => [variable(tensor([1, 1, 1, 1, 1]))]);
  const step = (): void => tidy(() => optimizer.update(weights, [tensor([0, 0, 0.5, 0, 1e-4])]));
  for (let i = 1; i < 16; i++) step();
  const faded = optimizer.state().slice(1);
  expect(faded).toHaveLength(slots.length);
  tidy(() => faded.forEach((slot) => (slot as Variable).assign(tensor([1e-41, -1e-33, 0.25, NaN, 1e-9]))));
  step();
  for (const slot of optimizer.state().slice(1)) {
    const [denormal, tiny, usual, none, small] = slot.dataSync();
    expect([denormal, Math.abs(tiny)]).toEqual([0, 0]);
    expect(usual).not.toBe(0);
    expect(none).toBeNaN();
    expect(small).not.toBe(0);
  }
  optimizer.dispose();
  weights.forEach((weight) => weight.dispose());
});

test('weights that a penalty shrank become 0 before they are denormal numbers, and stay 0', async () => {
  await setBackend('wasm');
  const optimizer = sgd({ learningRate: 0.25 });
  const weights = tidy(() => [variable(tensor([1e-15, -1e-15, 1, NaN]))]);
  // The gradient of `w^2`: each step halves a weight.
  const step = (): void => tidy(() => optimizer.update(weights, [mul(weights[0], 2)]));
  for (let i = 1; i <= 20 * 16; i++) step();
  expect(Array.from(await weights[0].data())).toEqual([0, 0, 0, NaN]);
  optimizer.dispose();
  weights[0].dispose();
});

test('a small weight that nothing shrinks stays', async () => {
  await setBackend('wasm');
  const optimizer = sgd({ learningRate: 0.25 });
  const weights = tidy(() => [variable(tensor([1e-15]))]);
  for (let i = 1; i <= 16; i++) tidy(() => optimizer.update(weights, [tensor([0])]));
  expect(weights[0].dataSync()[0]).toBeCloseTo(1e-15, 20);
  optimizer.dispose();
  weights[0].dispose();
});

describe('however the elements are divided, the bits are the same', () => {
  const size = 5003;
  const tensors = (count: number): Float32Array[] =>
    // Squares, so that roots of what is kept exist.
    Array.from({ length: count }, (_, i) => normal([size], `divided ${i}`).map((x) => (i > 1 ? x * x : x)));

  test.each([
    ['sgd', 2, [0.1]],
    ['momentum', 3, [0.1, 0.7, 1]],
    ['rmsprop', 5, [0.1, 0.9, 0.1, 0.5, 1e-3]],
    ['adam', 4, [0.1, 0.01, 0.1, 0.001, 1e-7]],
    ['adagrad', 3, [0.1, 1e-7]],
    ['dropTiny', 1, [0.5]],
  ] as const)('%s', (name, count, constants) => {
    expectSameWhenDivided(name, tensors(count), [size, ...constants], 5);
  });
});
