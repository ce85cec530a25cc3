import { engine, tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { valuesInPlace } from './values-in-place.js';

/**
 * Makes sure that no other tensor shares a variable's data, by a copy where one does (a clone, a kept copy, the tensor
 * it was assigned): call it before a kernel writes into the variable in place, see `runInPlace`.
 *
 * Without it, the values of all who share the data would change with the variable.
 */
export function ownData(variable: Variable): void {
  // Nothing where the data are still on another backend: there the copy brings them over.
  if (engine().backend.refCount(variable.dataId) === 1) return;
  const values = valuesInPlace(variable).slice();
  tidy(() => variable.assign(tensor(values, variable.shape, variable.dtype)));
}
