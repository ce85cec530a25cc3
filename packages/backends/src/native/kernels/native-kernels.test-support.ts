import '@tensorflow/tfjs-backend-cpu';
import { env, memory, ready, scalar, setBackend, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomStream } from '@wellfit/core';
import { installedPackage } from '../../installed-package.js';
import { native } from '../../native.js';
import { probeAddon } from '../probe-addon.js';
import { TFJS_NODE } from '../tfjs-node.js';

/** Tests that need TensorFlow: skipped by name where it is not installed. */
export const onNative = probeAddon(installedPackage(TFJS_NODE)).available ? test : test.skip;

/** Makes native current for all tests of the file, and cpu ready to be compared with; tests must leave no tensors. */
export function useNative(): void {
  beforeAll(async () => {
    if (onNative === test.skip) return;
    await native().activate();
    await setBackend('cpu');
    // On its first use it advises, on the console, to install another one.
    env().set('IS_TEST', true);
    scalar(0).dispose();
    env().set('IS_TEST', false);
    await setBackend('tensorflow');
    await ready();
  });
  let before = 0;
  beforeEach(() => {
    before = memory().numTensors;
  });
  afterEach(() => expect(memory().numTensors).toBe(before));
}

/** Values of the same normal numbers for a name, whatever the backend. */
export function normal(shape: number[], name: string): Float32Array {
  const stream = randomStream(1, name);
  return Float32Array.from({ length: shape.reduce((all, length) => all * length, 1) }, () => stream.normal());
}

/** A tensor of {@link normal}. */
export function normalTensor(shape: number[], name: string): Tensor {
  return tensor(normal(shape, name), shape);
}

/** What `compute` gives on a backend. */
export async function valuesOn(
  backend: 'tensorflow' | 'cpu',
  compute: () => readonly Tensor[],
): Promise<Float32Array[]> {
  await setBackend(backend);
  let values: Float32Array[] = [];
  try {
    tidy(() => {
      values = compute().map((t) => t.dataSync<'float32'>().slice());
    });
  } finally {
    await setBackend('tensorflow');
  }
  return values;
}

/** Expects the same numbers up to rounding: `tolerance` times the largest of each tensor. */
export function expectClose(
  got: readonly Float32Array[],
  expected: readonly Float32Array[],
  tolerance = 2e-6,
): void {
  expect(got.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  got.forEach((values, which) => {
    const scale = expected[which].reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
    const worst = values.reduce((most, value, i) => {
      const off = Math.abs(value - expected[which][i]) / scale;
      return off <= most ? most : off;
    }, 0);
    expect(worst).toBeLessThanOrEqual(tolerance);
  });
}
