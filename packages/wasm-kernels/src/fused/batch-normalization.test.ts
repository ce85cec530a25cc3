import { engine, ones, tensor, tidy, zeros, type Tensor } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameWhenDivided } from '../same-bits.test-support.js';
import { normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

/** Mean and variance of each channel, in 64 bits. */
function moments(values: Float32Array, channels: number): [number[], number[]] {
  const rows = values.length / channels;
  const ofChannel = (c: number): number[] => Array.from({ length: rows }, (_, r) => values[r * channels + c]);
  const means = Array.from({ length: channels }, (_, c) => ofChannel(c).reduce((a, b) => a + b, 0) / rows);
  const variances = means.map(
    (mean, c) => ofChannel(c).reduce((total, x) => total + (x - mean) ** 2, 0) / rows,
  );
  return [means, variances];
}

function normalized(values: Float32Array, channels: number): [Float32Array, Float32Array, Float32Array] {
  const found: Float32Array[] = [];
  tidy(() => {
    const x = tensor(values, [values.length / channels, channels]);
    const inputs = { x, gamma: ones([channels]), beta: zeros([channels]) };
    const outputs: Tensor[] = engine().runKernel('WellfitBatchNormalization', inputs, { epsilon: 0.001 });
    found.push(...outputs.map((output) => output.dataSync<'float32'>()));
  });
  return found as [Float32Array, Float32Array, Float32Array];
}

test.each([
  [1, 1],
  [1, 5],
  [4097, 3],
  [100, 64],
  [20_000, 1],
  [5000, 13],
  [17, 4100],
])('mean and variance are those of 64 bits: %i rows of %i channels', (rows, channels) => {
  // Far from 0 for its spread: where E[x^2] - E[x]^2 would have no digit left.
  const values = normal([rows, channels], 'x').map((value, i) => value + 3000 * (1 + (i % channels)));
  const [means, variances] = moments(values, channels);
  const [, mean, variance] = normalized(values, channels);
  means.forEach((value, c) => expect(Math.abs(mean[c] / value - 1)).toBeLessThan(1e-7));
  variances.forEach((value, c) => expect(Math.abs(variance[c] - value)).toBeLessThanOrEqual(3e-6 * value));
});

test('a channel of equal values has the variance 0, not below', () => {
  const [y, , variance] = normalized(new Float32Array(3000).fill(0.1), 3);
  variance.forEach((value) => expect(value >= 0 && value < 1e-12).toBe(true));
  y.forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-5));
});

test('NaN and infinity spoil their own channel and no other', () => {
  const values = normal([50, 6], 'x');
  values[6 * 20 + 1] = NaN;
  values[6 * 30 + 4] = Infinity;
  const [y, mean, variance] = normalized(values, 6);
  const spoiled = Array.from({ length: 6 }, (_, c) =>
    [mean[c], variance[c], y[c]].some((v) => !Number.isFinite(v)),
  );
  expect(spoiled).toEqual([false, true, false, false, true, false]);
});

test('no rows give no statistics', () => {
  const [y, mean] = normalized(new Float32Array(0), 4);
  expect(y).toHaveLength(0);
  expect([...mean]).toEqual([NaN, NaN, NaN, NaN]);
});

test.each([
  [1000, 1, 100],
  [1000, 7, 16],
  [333, 32, 50],
  [50, 67, 16],
])('the same bits in pieces: %i rows of %i channels, %i a chunk', (rows, channels, rowsAChunk) => {
  const chunks = Math.ceil(rows / rowsAChunk);
  const [x, dy] = [normal([rows, channels], 'x'), normal([rows, channels], 'dy')];
  const [mean, scale, beta] = ['mean', 'scale', 'beta'].map((purpose) => normal([channels], purpose));
  const numbers = [rows, channels, rowsAChunk];
  const sums = new Float32Array(3 * chunks * channels);
  const out = new Float32Array(rows * channels);
  expectSameWhenDivided('batchSums', [x, sums], numbers, chunks);
  expectSameWhenDivided('batchNormalize', [x, mean, scale, beta, out], numbers, chunks);
  expectSameWhenDivided('batchGradientSums', [dy, x, mean, sums], numbers, chunks);
  const factors = normal([3, channels], 'factors');
  expectSameWhenDivided('batchInputGradient', [dy, x, mean, factors, out], numbers, chunks);
});
