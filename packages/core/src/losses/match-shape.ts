import { reshape, type Tensor } from '@tensorflow/tfjs-core';
import { CoreError } from '../errors.js';

/**
 * Targets in the shape of the logits: `[rows]` serves for `[rows, 1]`.
 *
 * @throws CoreError `bad-shape` where the number of values differs.
 */
export function matchShape(targets: Tensor, logits: Tensor): Tensor {
  requireMatch(targets, logits);
  return targets.rank === logits.rank ? targets : reshape(targets, logits.shape);
}

/**
 * Checks that there is one target for each logit, row by row.
 *
 * @throws CoreError `bad-shape`.
 */
export function requireMatch(targets: Tensor, logits: Tensor): void {
  if (targets.size !== logits.size || targets.shape[0] !== logits.shape[0]) throw badShape(targets, logits);
}

/** Targets that no rule brings together with the logits. */
export function badShape(targets: Tensor, logits: Tensor): CoreError {
  return new CoreError(
    'bad-shape',
    `Targets of shape [${targets.shape.join(', ')}] do not fit logits of shape [${logits.shape.join(', ')}]. ` +
      'Check that the dataset, the loss and the width of the last layer belong together.',
  );
}
