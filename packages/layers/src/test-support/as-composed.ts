import { env, grads, mul, scalar, setBackend, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomStream, type FusedOp } from '@wellfit/core';

type Values = Record<string, Float32Array>;

/** Standard normal values times `scale`, the same for the same shape and purpose. */
export function drawn(shape: readonly number[], purpose: string, scale = 1): Tensor {
  const stream = randomStream(1, `${purpose}/${shape.join('x')}`);
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(
    Float32Array.from({ length: size }, () => scale * stream.normal()),
    [...shape],
  );
}

/**
 * Compares the first output of an operation and its gradients by all inputs: composed, on the cpu backend, against what
 * the wasm backend supplies. Differences are in proportion to the largest value of each.
 *
 * @param shapes Of the inputs that are given.
 */
export async function expectAsComposed<Input extends string, Attrs extends object>(
  op: FusedOp<Input, Attrs>,
  shapes: Partial<Record<Input, readonly number[]>>,
  attrs: Attrs,
  tolerance = 5e-6,
): Promise<void> {
  const names = Object.keys(shapes) as Input[];
  const compute = (): Values => {
    const values: Values = {};
    tidy(() => {
      const inputs = names.map((name) => drawn(shapes[name]!, name));
      const run = (...given: Tensor[]): Tensor =>
        op(Object.fromEntries(names.map((name, i) => [name, given[i]])) as Record<Input, Tensor>, attrs)[0];
      const y = run(...inputs);
      values.y = y.dataSync<'float32'>();
      const by = grads((...given) => sum(mul(run(...given), drawn(y.shape, 'weighting'))))(inputs);
      names.forEach((name, i) => (values[name] = by[i].dataSync<'float32'>()));
    });
    return values;
  };
  await setBackend('cpu');
  // On its first use it advises, on the console, to install another one.
  env().set('IS_TEST', true);
  scalar(0).dispose();
  env().set('IS_TEST', false);
  const expected = compute();
  await setBackend('wasm');
  const got = compute();
  for (const [name, values] of Object.entries(expected)) {
    expect(got[name]).toHaveLength(values.length);
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - got[name][i])), 0);
    expect({ name, near: worst <= tolerance * scale, worst }).toEqual({ name, near: true, worst });
  }
}
