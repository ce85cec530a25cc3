import { varianceScaling } from './variance-scaling.js';

/**
 * Truncated normal distribution with variance `2 / (fan in + fan out)`.
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.
 */
export const glorotNormal = varianceScaling({
  name: 'glorot-normal',
  description: 'Truncated normal, variance 2 / (fan-in + fan-out): for sigmoid and tanh.',
  scale: 1,
  fan: 'average',
  distribution: 'normal',
});
