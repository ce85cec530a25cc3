import { tensor, variable, type Variable } from '@tensorflow/tfjs-core';

/**
 * A variable that holds the given values; `variable()` alone would leave the initial tensor behind.
 *
 * @param values As many as `shape` has elements.
 * @returns float32; the caller disposes it.
 */
export function ownVariable(values: Float32Array, shape: number[], trainable = true): Variable {
  const initial = tensor(values, shape, 'float32');
  const created = variable(initial, trainable);
  initial.dispose();
  return created;
}
