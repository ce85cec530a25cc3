import { engine, ones, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameWhenDivided } from '../same-bits.test-support.js';
import { normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

const exact = { sigmoid: (x: number): number => 1 / (1 + Math.exp(-x)), tanh: Math.tanh };

function activated(values: Float32Array, activation: 'sigmoid' | 'tanh'): Float32Array {
  const found: Float32Array[] = [];
  tidy(() => {
    const inputs = { x: tensor(values, [values.length, 1]), kernel: ones([1, 1]) };
    const output: Tensor = engine().runKernel('WellfitDense', inputs, { activation });
    found.push(output.dataSync<'float32'>());
  });
  return found[0];
}

describe.each(['sigmoid', 'tanh'] as const)('%s', (activation) => {
  test('is within two units in the last place', () => {
    const values = Float32Array.from({ length: 100_003 }, (_, i) => (i - 50_000) * 0.0021);
    const got = activated(values, activation);
    let worst = 0;
    values.forEach((x, i) => {
      const y = exact[activation](x);
      // Two units are at most 2^-22 of the value; denormals have fewer digits.
      if (Math.abs(y) > 2 ** -126) worst = Math.max(worst, Math.abs(got[i] / y - 1));
    });
    expect(worst).toBeLessThanOrEqual(2 ** -22);
  });

  test('holds at the ends', () => {
    const ends = [0, Infinity, -Infinity, NaN, 1e-30, -1e-30, 100, -110, 3e38, -3e38];
    const got = [...activated(Float32Array.from(ends), activation)];
    expect(got).toEqual(ends.map((x) => Math.fround(exact[activation](x))).map((y) => y + 0));
  });

  test.each([3001, 5120])('has the same bits in pieces of %i elements', (size) => {
    expectSameWhenDivided(activation, [normal([size], 'x')], [size], Math.ceil(size / 1024));
  });

  test.each([
    [3, 5],
    [2500, 7],
    [1024, 8],
  ])('its gradient follows from the output, with the sums of the rows: %i by %i', (rows, columns) => {
    const [dy, y] = [normal([rows, columns], 'dy'), normal([rows, columns], 'y')];
    const slopes = dy.map((d, i) => (activation === 'tanh' ? d * (1 - y[i] ** 2) : d * y[i] * (1 - y[i])));
    const sums = Array.from({ length: columns }, (_, column) =>
      slopes.reduce((sum, slope, i) => (i % columns === column ? sum + slope : sum), 0),
    );
    const kernel = activation === 'tanh' ? 'WellfitTanhGradient' : 'WellfitSigmoidGradient';
    tidy(() => {
      const inputs = { dy: tensor(dy, [rows, columns]), y: tensor(y, [rows, columns]) };
      const [dz, total]: Tensor[] = engine().runKernel(kernel, inputs, {});
      dz.dataSync().forEach((slope, i) => expect(slope).toBeCloseTo(slopes[i], 4));
      const scale = Math.sqrt(rows);
      total.dataSync().forEach((sum, i) => expect((sum - sums[i]) / scale).toBeCloseTo(0, 4));
    });
    const chunks = Math.ceil(rows / 1024);
    const tensors = [dy, y, new Float32Array(dy.length), new Float32Array(chunks * columns)];
    expectSameWhenDivided('slopeSum', tensors, [rows, columns, activation === 'tanh' ? 1 : 0], chunks);
  });
});
