import { varianceScaling } from './variance-scaling.js';

/**
 * Truncated normal distribution with variance `2 / fan in`, for rectified units.
 * Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", ICCV 2015.
 */
export const heNormal = varianceScaling({
  name: 'he-normal',
  description: 'Truncated normal, variance 2 / fan-in: for relu.',
  scale: 2,
  fan: 'in',
  distribution: 'normal',
});
