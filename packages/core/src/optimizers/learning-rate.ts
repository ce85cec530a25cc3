import { z } from 'zod';
import { CoreError } from '../errors.js';

/** The option `learningRate`: positive and finite. */
export function learningRateOption(byDefault: number) {
  return z.number().positive().default(byDefault).describe('Step size; positive. Callbacks may change it.');
}

/**
 * Lets only a usable learning rate pass.
 *
 * @throws CoreError `bad-learning-rate` unless the value is positive and finite.
 */
export function checkedLearningRate(optimizer: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new CoreError(
    'bad-learning-rate',
    `[optimizer ${optimizer}] The learning rate must be a positive finite number, got ${value}.`,
  );
}
