import { randomStream, type PluginFactory } from '@wellfit/core';
import { describePlugin } from '@wellfit/testing';
import { fans } from './fans.js';
import {
  constant,
  glorotNormal,
  heNormal,
  initializerFrom,
  initializers,
  ones,
  orthogonal,
  randomNormal,
  randomUniform,
  truncatedNormal,
  zeros,
  type Initializer,
} from './index.js';

import type { InitializerConfig } from '../layer-config.js';

type Name = keyof typeof initializers;

const valuesOf = (initializer: Initializer, shape: readonly number[], seed = 1): Float32Array =>
  initializer.values(shape, fans(shape), randomStream(seed, 'init/test/kernel'));

/** Mean, standard deviation and largest distance from the mean. */
function moments(values: Float32Array): { mean: number; stddev: number; reach: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const reach = values.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  return { mean, stddev: Math.sqrt(variance), reach };
}

describe.each(Object.keys(initializers) as Name[])('%s', (name) => {
  describePlugin<Initializer>(initializers, name, { badOptions: [{ nonsense: 1 }, 'wide'] });

  test('gives one value per element, the same for the same seed', () => {
    const initializer = (initializers[name] as PluginFactory<Initializer>)();
    for (const shape of [[3, 4], [3, 3, 2, 5], [7], []]) {
      const values = valuesOf(initializer, shape);
      expect(values).toBeInstanceOf(Float32Array);
      expect(values).toHaveLength(shape.reduce((size, n) => size * n, 1));
      expect(valuesOf(initializer, shape)).toEqual(values);
    }
    const draws = !['zeros', 'ones', 'constant'].includes(name);
    expect(valuesOf(initializerFrom(initializer.config), [3, 4])).toEqual(valuesOf(initializer, [3, 4]));
    expect(valuesOf(initializer, [3, 4], 2).join() !== valuesOf(initializer, [3, 4]).join()).toBe(draws);
  });
});

// 1000 inputs, 200 outputs: 200,000 draws, whose standard deviation is itself known to 0.2 %.
const CUT = 0.87962566;
test.each([
  ['glorot-uniform', Math.sqrt(2 / 1200), Math.sqrt(6 / 1200)],
  ['glorot-normal', Math.sqrt(2 / 1200), (2 * Math.sqrt(2 / 1200)) / CUT],
  ['he-uniform', Math.sqrt(2 / 1000), Math.sqrt(6 / 1000)],
  ['he-normal', 0.0447, (2 * 0.04472136) / CUT],
  ['lecun-uniform', Math.sqrt(1 / 1000), Math.sqrt(3 / 1000)],
  ['lecun-normal', Math.sqrt(1 / 1000), (2 * Math.sqrt(1 / 1000)) / CUT],
  ['random-normal', 0.05, undefined],
  ['random-uniform', 0.05 / Math.sqrt(3), 0.05],
  ['truncated-normal', 0.05 * CUT, 0.1],
] as [Name, number, number | undefined][])(
  '%s: the moments of theory, within its bounds',
  (name, stddev, bound) => {
    const values = valuesOf((initializers[name] as PluginFactory<Initializer>)(), [1000, 200]);
    const found = moments(values);
    expect(Math.abs(found.stddev / stddev - 1)).toBeLessThan(0.01);
    expect(Math.abs(found.mean)).toBeLessThan(0.01 * stddev);
    if (bound === undefined) {
      expect(found.reach).toBeGreaterThan(4 * stddev);
    } else {
      const farthest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(farthest).toBeLessThanOrEqual(Math.fround(bound));
      expect(farthest).toBeGreaterThan(0.99 * bound);
    }
  },
);

test('a truncated normal has its shape between the cuts', () => {
  const values = valuesOf(truncatedNormal({ stddev: 1 }), [100_000]);
  const within = values.filter((value) => Math.abs(value) < 1).length / values.length;
  // (2 Phi(1) - 1) / (2 Phi(2) - 1)
  expect(within).toBeCloseTo(0.6827 / 0.9545, 2);
  expect(values.filter((value) => value > 0).length / values.length).toBeCloseTo(0.5, 2);
});

test('a convolution counts every position of its window', () => {
  const { stddev } = moments(valuesOf(heNormal(), [3, 3, 64, 128]));
  expect(stddev / Math.sqrt(2 / 576)).toBeCloseTo(1, 2);
  expect(moments(valuesOf(glorotNormal(), [3, 3, 64, 128])).stddev / Math.sqrt(2 / (9 * 192))).toBeCloseTo(
    1,
    2,
  );
});

test('options set the location and the width', () => {
  expect([...valuesOf(zeros(), [2])]).toEqual([0, 0]);
  expect([...valuesOf(ones(), [2])]).toEqual([1, 1]);
  expect([...valuesOf(constant({ value: -0.5 }), [2])]).toEqual([-0.5, -0.5]);
  const normal = moments(valuesOf(randomNormal({ mean: 3, stddev: 0.5 }), [50_000]));
  expect(normal.mean).toBeCloseTo(3, 1);
  expect(normal.stddev).toBeCloseTo(0.5, 1);
  const uniform = valuesOf(randomUniform({ min: 2, max: 4 }), [50_000]);
  expect(Math.min(...uniform)).toBeCloseTo(2, 2);
  expect(Math.max(...uniform)).toBeCloseTo(4, 2);
  const cut = moments(valuesOf(truncatedNormal({ mean: -1, stddev: 2 }), [50_000]));
  expect(cut.mean).toBeCloseTo(-1, 1);
  expect(cut.reach).toBeLessThan(4.05);
});

test.each([
  constant({ value: 3 }),
  randomNormal({ mean: 1, stddev: 2 }),
  randomUniform({ min: -2, max: 5 }),
  truncatedNormal({ mean: -1, stddev: 0.5 }),
  orthogonal({ gain: 3 }),
])('$name is made again from its configuration, options and all', (initializer) => {
  const again = initializerFrom(JSON.parse(JSON.stringify(initializer.config)) as InitializerConfig);
  expect(again.config).toEqual(initializer.config);
  expect(valuesOf(again, [5, 4])).toEqual(valuesOf(initializer, [5, 4]));
});

test('limits in the wrong order and negative widths are refused', () => {
  expect(() => randomUniform({ min: 1, max: 0 })).toThrow('max: must not be below min');
  expect(() => randomUniform({ min: 1 })).toThrow('max: must not be below min');
  expect(() => randomNormal({ stddev: -1 })).toThrow('stddev');
  expect(() => truncatedNormal({ stddev: -1 })).toThrow('stddev');
});
