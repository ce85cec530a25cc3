import { grad, ones, setBackend, sum, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { randomStream } from '@wellfit/core';
import { describeRegularizer, useBackend } from '@wellfit/testing';
import { dropout, regularizers } from './index.js';

describeRegularizer(regularizers, 'dropout', {
  options: [0.3, { rate: 0.2 }, 0],
  badOptions: [1, -0.1, NaN, 1.5, 'half', { rate: 1 }, { p: 0.5 }],
});

describe('mask', () => {
  useBackend();
  const stream = () => randomStream(7, 'noise/hidden_1/dropout/3');
  const masked = (rate: number): number[] => [
    ...tidy(() => dropout(rate).noise!(ones([20, 30]), { random: stream() }).dataSync<'float32'>()),
  ];

  test('keeps, in row-major order, what the stream says, scaled up', () => {
    const random = stream();
    const expected = Array.from({ length: 600 }, () =>
      random.uniform() >= 0.3 ? Math.fround(1 / (1 - 0.3)) : 0,
    );
    expect(masked(0.3)).toEqual(expected);
  });

  test('drops the given share', () => {
    const dropped = masked(0.5).filter((value) => value === 0).length / 600;
    // Five standard deviations of the share among 600.
    expect(Math.abs(dropped - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / 600));
  });

  test('is the same on every backend', async () => {
    const onWasm = masked(0.5);
    await setBackend('cpu');
    const onCpu = masked(0.5);
    await setBackend('wasm');
    expect(onCpu).toEqual(onWasm);
  });

  test.each([
    [1, 0, 0.5],
    [15, 3, 0.3],
    [16, 0, 0.1],
    [1027, 1, 0.9],
    [100_003, 0, 0.25],
    [262_144, 2, 1 / 3],
    [777, 5, 1 - 2 ** -30],
    [777, 0, 2 ** -30],
  ])(
    'of %i values, with %i numbers of the stream read before, rate %d: the bits of JavaScript',
    (size, read, rate) => {
      const random = stream();
      const alone = stream();
      for (let i = 0; i < read; i++) expect(random.uint32()).toBe(alone.uint32());
      const values = Float32Array.from({ length: size }, (_, i) => (i % 5 === 0 ? -i : i / 7));
      values[size - 1] = Infinity;
      const factor = Math.fround(1 / (1 - rate));
      const expected = values.map((value) => value * (alone.uniform() >= rate ? factor : 0));
      const got = tidy(() => dropout(rate).noise!(tensor1d(values), { random }).dataSync<'float32'>());
      expect(new Uint32Array(got.slice().buffer)).toEqual(new Uint32Array(expected.buffer));
      // What reads the stream next reads on behind.
      expect(random.uint32()).toBe(alone.uint32());
    },
  );

  test('holds for the gradient too: what is dropped learns nothing', () => {
    const gradient = tidy(() => {
      const f = grad((x) => sum(dropout(0.5).noise!(x, { random: stream() })));
      return [...f(ones([20, 30])).dataSync()];
    });
    expect(gradient).toEqual(masked(0.5));
  });

  test('is none at rate 0', () => {
    expect(masked(0)).toEqual(new Array(600).fill(1));
  });
});
