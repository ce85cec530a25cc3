import { varianceScaling } from './variance-scaling.js';

/**
 * Uniform distribution with variance `1 / fan in`: within `sqrt(3 / in)`.
 * Source: LeCun, Bottou, Orr and Müller, "Efficient backprop", 1998.
 */
export const lecunUniform = varianceScaling({
  name: 'lecun-uniform',
  description: 'Uniform, variance 1 / fan-in: for selu.',
  scale: 1,
  fan: 'in',
  distribution: 'uniform',
});
