import type { Task } from '../contracts/dataset.js';
import { CoreError } from '../errors.js';
import { binaryCrossentropy } from './binary-crossentropy.js';
import { categoricalCrossentropy } from './categorical-crossentropy.js';
import type { Loss, LossName } from './loss.js';
import { meanSquaredError } from './mean-squared-error.js';

/** All losses by name. */
export const losses = {
  'binary-crossentropy': binaryCrossentropy,
  'categorical-crossentropy': categoricalCrossentropy,
  'mean-squared-error': meanSquaredError,
} as const satisfies Record<LossName, Loss>;

const byTask: Readonly<Record<Task, Loss>> = {
  'binary-classification': binaryCrossentropy,
  classification: categoricalCrossentropy,
  regression: meanSquaredError,
};

/**
 * The loss for a task.
 *
 * @param name What the user asked for; by default what the task asks for.
 * @throws CoreError `bad-option` where the two do not fit: losses take logits, so a squared error, for instance, would
 *   compare them with classes.
 */
export function lossFor(task: Task, name: LossName = byTask[task].name): Loss {
  if (name !== byTask[task].name) {
    throw new CoreError(
      'bad-option',
      `The loss ${name} does not fit ${task} data: use ${byTask[task].name}, or leave it out.`,
    );
  }
  return losses[name];
}
