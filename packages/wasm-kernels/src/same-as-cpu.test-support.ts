import { backend, env, setBackend, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomStream } from '@wellfit/core';

/** Standard normal values, the same for the same shape and purpose. */
export function normal(shape: readonly number[], purpose: string): Float32Array {
  const stream = randomStream(1, `${purpose}/${shape.join('x')}`);
  return Float32Array.from({ length: shape.reduce((size, length) => size * length, 1) }, stream.normal);
}

/** A tensor's values and the shape they are to have. */
export interface Given {
  readonly values: Float32Array | Int32Array;
  readonly shape: number[];
  readonly dtype?: 'float32' | 'int32';
}

interface Computed {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: Float32Array;
}

/**
 * Computes the same on the cpu and on the wasm backend and compares shape, type and values; fails where a kernel leaves
 * memory behind. The wasm backend is current afterwards.
 */
export async function expectSameAsCpu(
  compute: (inputs: Tensor[]) => Tensor,
  given: readonly Given[],
  digits = 5,
): Promise<Float32Array> {
  const run = (): Computed => {
    const before = backend().numDataIds();
    const computed: Computed[] = [];
    tidy(() => {
      const output = compute(given.map(({ values, shape, dtype }) => tensor(values, shape, dtype)));
      computed.push({ shape: output.shape, dtype: output.dtype, values: output.dataSync<'float32'>() });
    });
    expect(backend().numDataIds()).toBe(before);
    return computed[0];
  };
  await setBackend('cpu');
  // On its first use it advises, on the console, to install another one.
  env().set('IS_TEST', true);
  const expected = run();
  await setBackend('wasm');
  const got = run();
  expect({ shape: got.shape, dtype: got.dtype }).toEqual({ shape: expected.shape, dtype: expected.dtype });
  // In proportion to the largest, since the rounding of a sum is in proportion to its terms; what is not finite is to be
  // the same.
  const scale = expected.values
    .filter(Number.isFinite)
    .reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  const worst = expected.values.reduce(
    (most, value, i) => Math.max(most, Object.is(value, got.values[i]) ? 0 : Math.abs(value - got.values[i])),
    0,
  );
  expect(worst / scale).toBeCloseTo(0, digits);
  return got.values;
}
