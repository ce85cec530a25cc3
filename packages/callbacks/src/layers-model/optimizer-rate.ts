import { CallbackError } from '../errors.js';

/** What optimizers of TensorFlow.js have in common; most declare it protected. */
interface WithRate {
  learningRate?: unknown;
  setLearningRate?(value: number): void;
}

/** The learning rate of a TensorFlow.js optimizer; NaN where it has none. */
export function rateOf(optimizer: object): number {
  const { learningRate } = optimizer as WithRate;
  return typeof learningRate === 'number' ? learningRate : NaN;
}

/**
 * Sets the learning rate of a TensorFlow.js optimizer from the next step on.
 *
 * @throws CallbackError `no-learning-rate` where it has none, as an optimizer of one's own may.
 */
export function setRate(optimizer: object, value: number): void {
  const rated = optimizer as WithRate;
  if (typeof rated.learningRate !== 'number') {
    const what = optimizer.constructor.name;
    throw new CallbackError(
      'no-learning-rate',
      `The optimizer ${what} has no learningRate to set to ${value}: use one of TensorFlow.js.`,
    );
  }
  // SGD and momentum keep a tensor of it that only their setter changes; the others read the number in every step.
  if (rated.setLearningRate) rated.setLearningRate(value);
  else rated.learningRate = value;
}
