import { varianceScaling } from './variance-scaling.js';

/**
 * Uniform distribution with variance `2 / (fan in + fan out)`, the default of Keras: within `sqrt(6 / (in + out))`.
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.
 */
export const glorotUniform = varianceScaling({
  name: 'glorot-uniform',
  description: 'Uniform, variance 2 / (fan-in + fan-out): for sigmoid and tanh.',
  scale: 1,
  fan: 'average',
  distribution: 'uniform',
});
