import { adagrad, adam, adamw, momentum, rmsprop, sgd, type Optimizer } from '@wellfit/core';

/** Every optimizer, with each of its options that changes the formula: what a backend's own updates are tested with. */
export const optimizerCases: Readonly<Record<string, () => Optimizer>> = {
  sgd: () => sgd({ learningRate: 0.1 }),
  momentum: () => momentum({ learningRate: 0.1, momentum: 0.7 }),
  nesterov: () => momentum({ learningRate: 0.1, momentum: 0.7, nesterov: true }),
  rmsprop: () => rmsprop({ learningRate: 0.01 }),
  'rmsprop with momentum': () => rmsprop({ learningRate: 0.01, momentum: 0.5 }),
  'centered rmsprop': () => rmsprop({ learningRate: 0.01, centered: true, epsilon: 1e-3 }),
  'centered rmsprop with momentum': () => rmsprop({ centered: true, momentum: 0.5, epsilon: 1e-3 }),
  adam: () => adam({ learningRate: 0.01 }),
  adamw: () => adamw({ learningRate: 0.01, weightDecay: 0.1 }),
  adagrad: () => adagrad({ learningRate: 0.1 }),
};
