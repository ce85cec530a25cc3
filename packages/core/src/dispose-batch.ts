import type { Batch } from './contracts/dataset.js';
import { isMultiHot } from './multi-hot.js';

/** Frees the tensors of a batch. */
export function disposeBatch({ inputs, targets }: Batch): void {
  if (!isMultiHot(inputs)) inputs.dispose();
  targets.dispose();
}
