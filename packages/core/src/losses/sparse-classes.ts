import type { Tensor } from '@tensorflow/tfjs-core';
import { CoreError } from '../errors.js';
import { badShape } from './match-shape.js';

/**
 * The class numbers of sparse targets (`[rows]` or `[rows, 1]`), read on the host.
 *
 * @returns Nothing where the targets are one-hot: as wide as the logits.
 * @throws CoreError `bad-shape` where they are neither; `bad-target` where a number is no class.
 */
export function sparseClasses(targets: Tensor, logits: Tensor): ArrayLike<number> | undefined {
  const [rows, classes] = logits.shape;
  if (targets.rank === 2 && targets.shape[0] === rows && targets.shape[1] === classes) return undefined;
  if (targets.size !== rows) throw badShape(targets, logits);
  const ids = targets.dataSync();
  for (const id of ids) {
    if (!Number.isInteger(id) || id < 0 || id >= classes) {
      throw new CoreError(
        'bad-target',
        `A target must be a class number from 0 to ${classes - 1}, got ${id}.`,
      );
    }
  }
  return ids;
}
