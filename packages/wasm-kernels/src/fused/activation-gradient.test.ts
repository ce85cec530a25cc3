import { concat, engine, reshape, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameBits } from '../same-bits.test-support.js';
import { normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

const run = (kernel: string, inputs: Record<string, Tensor>): Tensor[] =>
  [engine().runKernel<Tensor | Tensor[]>(kernel, inputs, {})].flat();

/** More rows than a chunk, channels in fours and beyond, nothing at all. */
const shapes = [
  [3, 5],
  [1, 1],
  [2500, 7],
  [2, 30, 20, 8],
  [1024, 4],
  [1025, 4],
  [0, 6],
  [4, 0],
];

test.each(shapes.map((shape) => [shape]))('masks and sums in one pass: %j', (shape) => {
  tidy(() => {
    const [dy, y] = [normal(shape, 'dy'), normal(shape, 'y').map((value) => Math.max(0, value))];
    const given = { dy: tensor(dy, shape), y: tensor(y, shape) };
    const [dz, sums] = run('WellfitReluGradient', given);
    const columns = shape[shape.length - 1];
    const masked = dy.map((value, i) => (y[i] > 0 ? value : 0));
    expect(dz.shape).toEqual(shape);
    expect(dz.dataSync()).toEqual(masked);
    expect(sums.shape).toEqual([columns]);
    const total = (values: Float32Array, column: number): number =>
      values.reduce((sum, value, i) => (i % columns === column ? sum + value : sum), 0);
    const scale = Math.sqrt(dy.length);
    sums.dataSync().forEach((sum, i) => expect((sum - total(masked, i)) / (1 + scale)).toBeCloseTo(0, 6));
    const [bias] = run('WellfitBiasGradient', { dy: given.dy });
    bias.dataSync().forEach((sum, i) => expect((sum - total(dy, i)) / (1 + scale)).toBeCloseTo(0, 6));
  });
});

test('what is not finite stays in its column, and what is masked is gone', () => {
  tidy(() => {
    const dy = tensor([NaN, Infinity, 1, NaN, 2, 3, 4, 5, 6, 7], [2, 5]);
    const y = tensor([0, 1, 1, 1, 1, 1, 1, 1, 1, NaN], [2, 5]);
    const [dz, sums] = run('WellfitReluGradient', { dy, y });
    expect([...dz.dataSync()]).toEqual([0, Infinity, 1, NaN, 2, 3, 4, 5, 6, 0]);
    expect([...sums.dataSync()]).toEqual([3, Infinity, 6, NaN, 2]);
  });
});

test('has the same bits however it is divided', () => {
  const shape = [5000, 7];
  expectSameBits(() => {
    const given = { dy: tensor(normal(shape, 'dy'), shape), y: tensor(normal(shape, 'y'), shape) };
    const parts = [...run('WellfitReluGradient', given), ...run('WellfitBiasGradient', { dy: given.dy })];
    return concat(parts.map((part) => reshape(part, [-1])));
  });
});
