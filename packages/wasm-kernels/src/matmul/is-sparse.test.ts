import { backend, fused, matMul, slice, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomStream } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import type { KernelHost } from '../host/kernel-host.js';
import { hostOf } from '../hosts.js';
import { expectSameBits } from '../same-bits.test-support.js';
import { normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

/** Runs of mostly zeros, as in images of strokes. */
function strokes(rows: number, columns: number): Float32Array {
  const stream = randomStream(3, `strokes/${rows}x${columns}`);
  let left = 0;
  return Float32Array.from({ length: rows * columns }, () => {
    if (left === 0 && stream.uniform() < 0.05) left = 5;
    return left > 0 ? left-- * stream.normal() : 0;
  });
}

/** A computation's values, and which kernels it ran. */
function traced(compute: () => Tensor): { values: Float32Array; kernels: string[] } {
  const host = hostOf(backend()) as { run: KernelHost['run'] };
  const run = host.run;
  const kernels: string[] = [];
  host.run = (name, ...rest) => {
    kernels.push(name);
    run.call(host, name, ...rest);
  };
  try {
    const got: Float32Array[] = [];
    tidy(() => {
      got.push(compute().dataSync<'float32'>());
    });
    return { values: got[0], kernels };
  } finally {
    host.run = run;
  }
}

interface Case {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA: boolean;
}

const cases: readonly Case[] = [
  { m: 100, k: 784, n: 64, transposeA: false },
  { m: 1, k: 256, n: 16, transposeA: false },
  { m: 7, k: 259, n: 37, transposeA: false },
  { m: 13, k: 1025, n: 10, transposeA: false },
  { m: 5, k: 300, n: 3, transposeA: false },
  { m: 784, k: 100, n: 64, transposeA: true },
  { m: 257, k: 64, n: 8, transposeA: true },
  { m: 258, k: 1, n: 13, transposeA: true },
  { m: 303, k: 131, n: 29, transposeA: true },
];

/** The product, without the last column; the last column of the right factor begins with `spoiler`. */
function product({ m, k, n, transposeA }: Case, spoiler: number, bias: boolean): Tensor {
  const shape: [number, number] = transposeA ? [k, m] : [m, k];
  const values = normal([k, n + 1], 'right');
  values[n] = spoiler;
  const a = tensor(strokes(...shape), shape);
  const b = tensor(values, [k, n + 1] as [number, number]);
  const full = bias
    ? fused.matMul({ a, b, transposeA, bias: tensor(normal([n + 1], 'bias')), activation: 'relu' })
    : matMul(a, b, transposeA);
  return slice(full, [0, 0], [m, n]);
}

describe.each(cases)('a left factor of mostly zeros: %j', (given) => {
  const name = given.transposeA ? 'gemmSparseTransposed' : 'gemmSparse';

  // With one infinite number in the right factor the dense kernel has to do it.
  test.each(given.transposeA ? [false] : [false, true])('same bits as the dense kernel, bias %s', (bias) => {
    const sparse = traced(() => product(given, 1, bias));
    const dense = traced(() => product(given, Infinity, bias));
    expect(sparse.kernels).toContain(name);
    expect(dense.kernels).not.toContain(name);
    expect(sparse.values).toEqual(dense.values);
    expect(sparse.values.some((value) => value !== 0)).toBe(true);
  });

  test('same bits however it is divided', () => {
    expectSameBits(() => product(given, 1, false), given.m === 1 ? 1 : 2);
  });
});

test('a transposed factor with a bias goes the dense way', () => {
  const given = { m: 300, k: 20, n: 9, transposeA: true };
  const { kernels, values } = traced(() => product(given, 1, true));
  expect(kernels).toContain('gemm');
  const a = strokes(20, 300);
  const right = normal([20, 10], 'right');
  right[9] = 1;
  const bias = normal([10], 'bias');
  for (let i = 0; i < 300; i += 23) {
    let sum = bias[4];
    for (let l = 0; l < 20; l++) sum += a[300 * l + i] * right[10 * l + 4];
    expect(values[9 * i + 4]).toBeCloseTo(Math.max(sum, 0), 4);
  }
});

test.each([
  ['numbers', false],
  ['columns of numbers', true],
])('a left factor of many %s goes the dense way', (_, transposeA) => {
  const shape = [40, 400];
  const { kernels } = traced(() =>
    matMul(
      tensor(normal(shape, 'dense'), shape),
      tensor(normal([transposeA ? 40 : 400, 5], 'b'), [transposeA ? 40 : 400, 5]),
      transposeA,
    ),
  );
  expect(kernels).toContain(transposeA ? 'gemmTransposed' : 'gemm');
});

test.each([false, true])('NaN and infinity among the zeros are passed on, transposed: %s', (transposeA) => {
  const shape = [12, 300];
  const values = strokes(12, 300);
  values[5] = NaN;
  values[300 * 7 + 9] = -Infinity;
  const b = normal([transposeA ? 12 : 300, 6], 'b').map(Math.abs);
  const got = traced(() => matMul(tensor(values, shape), tensor(b, [b.length / 6, 6]), transposeA));
  expect(got.kernels).toContain(transposeA ? 'gemmSparseTransposed' : 'gemmSparse');
  const [withNaN, withInfinity] = transposeA ? [5, 9] : [0, 7];
  for (let row = 0; row < got.values.length / 6; row++) {
    const cell = got.values[6 * row + 2];
    if (row === withNaN) expect(cell).toBeNaN();
    else if (row === withInfinity) expect(cell).toBe(-Infinity);
    else expect(Number.isFinite(cell)).toBe(true);
  }
});

test.each([NaN, Infinity])('0 times %d is NaN, in every row', (spoiler) => {
  const b = normal([300, 4], 'b');
  b[4 * 299] = spoiler;
  const { values } = traced(() => matMul(tensor(new Float32Array(600), [2, 300]), tensor(b, [300, 4])));
  expect([...values]).toEqual([NaN, 0, 0, 0, NaN, 0, 0, 0]);
});
