import { fused, matMul, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomStream } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { expectSameBits } from '../same-bits.test-support.js';
import { normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

interface Case {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Sizes of 1 to 67, every transposition alike. */
const cases: readonly Case[] = Array.from({ length: 40 }, (_, i) => {
  const stream = randomStream(7, `shapes/${i}`);
  const size = (): number => 1 + Math.floor(67 * stream.uniform());
  return { m: size(), k: size(), n: size(), transposeA: (i & 1) !== 0, transposeB: (i & 2) !== 0 };
});

/** Few rows of many columns, up to and beyond what is computed panel by panel. */
const wide: readonly Case[] = [
  { m: 1, k: 33, n: 64, transposeA: false, transposeB: false },
  { m: 32, k: 300, n: 67, transposeA: false, transposeB: false },
  { m: 128, k: 5, n: 81, transposeA: false, transposeB: true },
  { m: 129, k: 5, n: 81, transposeA: false, transposeB: true },
  { m: 3, k: 1, n: 72, transposeA: false, transposeB: true },
  { m: 2, k: 16_001, n: 70, transposeA: false, transposeB: false },
];

const empty: readonly Case[] = [false, true].flatMap((transposeA) =>
  [false, true].flatMap((transposeB) =>
    [
      { m: 0, k: 5, n: 3 },
      { m: 5, k: 0, n: 9 },
      { m: 5, k: 3, n: 0 },
      { m: 0, k: 0, n: 0 },
    ].map((sizes) => ({ ...sizes, transposeA, transposeB })),
  ),
);

const shapesOf = ({ m, k, n, transposeA, transposeB }: Case): [number[], number[]] => [
  transposeA ? [k, m] : [m, k],
  transposeB ? [n, k] : [k, n],
];

/** The product in double precision, and the same of absolute values, to which rounding is in proportion. */
function reference(given: Case, a: Float32Array, b: Float32Array): { sum: number; size: number }[] {
  const { m, k, n, transposeA, transposeB } = given;
  const out = [];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let [sum, size] = [0, 0];
      for (let l = 0; l < k; l++) {
        const term = a[transposeA ? l * m + i : i * k + l] * b[transposeB ? j * k + l : l * n + j];
        sum += term;
        size += Math.abs(term);
      }
      out.push({ sum, size });
    }
  }
  return out;
}

function multiply(given: Case, a: Float32Array, b: Float32Array): Float32Array {
  const [shapeA, shapeB] = shapesOf(given);
  const values: Float32Array[] = [];
  tidy(() => {
    const product = matMul(tensor(a, shapeA), tensor(b, shapeB), given.transposeA, given.transposeB);
    expect(product.shape).toEqual([given.m, given.n]);
    values.push(product.dataSync<'float32'>());
  });
  return values[0];
}

test.each([...cases, ...wide, ...empty])(
  'is the sum of the products, as far as rounding allows: %j',
  (given) => {
    const [a, b] = shapesOf(given).map((shape, i) => normal(shape, `factor ${i}`));
    const got = multiply(given, a, b);
    // Each term is rounded once as a product and at most k times as part of a sum.
    const rounding = (given.k + 1) * 2 ** -24;
    reference(given, a, b).forEach(({ sum, size }, i) => {
      expect(Math.abs(got[i] - sum)).toBeLessThanOrEqual(rounding * size * 1.01);
    });
  },
);

test.each(cases.slice(0, 12))('passes on NaN and infinity, and only where they belong: %j', (given) => {
  const [a, b] = shapesOf(given).map((shape, i) => normal(shape, `factor ${i}`));
  a[a.length >> 1] = NaN;
  a[a.length - 1] = Infinity;
  b[0] = -Infinity;
  b[b.length >> 1] = 0;
  const got = multiply(given, a, b);
  reference(given, a, b).forEach(({ sum }, i) => {
    if (Number.isFinite(sum)) expect(Math.abs(got[i] - sum)).toBeLessThan(1e-4);
    else expect(got[i]).toBe(sum);
  });
});

test.each<[number[], number[], number[]]>([
  [
    [3, 5, 6],
    [6, 7],
    [3, 5, 7],
  ],
  [
    [2, 3, 5, 6],
    [1, 1, 6, 7],
    [2, 3, 5, 7],
  ],
  [
    [5, 6],
    [3, 6, 7],
    [3, 5, 7],
  ],
  [
    [2, 1, 5, 6],
    [1, 3, 6, 7],
    [2, 3, 5, 7],
  ],
  [
    [4, 1, 5, 6],
    [4, 2, 6, 7],
    [4, 2, 5, 7],
  ],
  [
    [0, 5, 6],
    [6, 7],
    [0, 5, 7],
  ],
])('broadcasts stacks %j x %j', (shapeA, shapeB, shape) => {
  tidy(() => {
    const [a, b] = [tensor(normal(shapeA, 'a'), shapeA), tensor(normal(shapeB, 'b'), shapeB)];
    const product = matMul(a, b);
    expect(product.shape).toEqual(shape);
    // Each matrix of the stack as a product of its own.
    const got = product.dataSync();
    const [x, y] = [a.dataSync<'float32'>(), b.dataSync<'float32'>()];
    const leading = shape.slice(0, -2);
    const count = leading.reduce((size, length) => size * length, 1);
    const placeIn = (own: number[], i: number): number => {
      const padded = [...leading.slice(own.length).map(() => 1), ...own];
      let [place, step] = [0, 1];
      for (let axis = leading.length - 1; axis >= 0; axis--) {
        if (padded[axis] > 1) place += step * (i % leading[axis]);
        i = Math.floor(i / leading[axis]);
        step *= padded[axis];
      }
      return place;
    };
    for (let i = 0; i < count; i++) {
      const [left, right] = [placeIn(shapeA.slice(0, -2), i), placeIn(shapeB.slice(0, -2), i)];
      const single = reference(
        { m: 5, k: 6, n: 7, transposeA: false, transposeB: false },
        x.subarray(30 * left, 30 * left + 30),
        y.subarray(42 * right, 42 * right + 42),
      );
      single.forEach(({ sum }, j) => expect(got[35 * i + j]).toBeCloseTo(sum, 5));
    }
  });
});

test.each([...cases.slice(0, 8), ...wide.slice(1, 5)])(
  'has the same bits however it is divided: %j',
  (given) => {
    const larger = { ...given, m: given.m + 8, n: given.n + 8 };
    const [shapeA, shapeB] = shapesOf(larger);
    const product = (): Tensor =>
      fused.matMul({
        a: tensor(normal(shapeA, 'a'), shapeA as [number, number]),
        b: tensor(normal(shapeB, 'b'), shapeB as [number, number]),
        transposeA: larger.transposeA,
        transposeB: larger.transposeB,
        bias: tensor(normal([larger.n], 'bias')),
        activation: 'relu',
      });
    expectSameBits(product);
    expectSameBits(() =>
      matMul(
        tensor(normal(shapeA, 'a'), shapeA),
        tensor(normal(shapeB, 'b'), shapeB),
        larger.transposeA,
        larger.transposeB,
      ),
    );
  },
);
