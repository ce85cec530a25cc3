import type { Task } from '../contracts/dataset.js';
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

/** The loss for a task where none is named. */
export function defaultLoss(task: Task): Loss {
  return byTask[task];
}
