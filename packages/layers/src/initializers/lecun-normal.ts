import { varianceScaling } from './variance-scaling.js';

/**
 * Truncated normal distribution with variance `1 / fan in`.
 * Source: LeCun, Bottou, Orr and Müller, "Efficient backprop", 1998.
 */
export const lecunNormal = varianceScaling({
  name: 'lecun-normal',
  description: 'Truncated normal, variance 1 / fan-in: for selu.',
  scale: 1,
  fan: 'in',
  distribution: 'normal',
});
