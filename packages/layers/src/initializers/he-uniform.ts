import { varianceScaling } from './variance-scaling.js';

/**
 * Uniform distribution with variance `2 / fan in`, for rectified units: within `sqrt(6 / in)`.
 * Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", ICCV 2015.
 */
export const heUniform = varianceScaling({
  name: 'he-uniform',
  description: 'Uniform, variance 2 / fan-in: for relu.',
  scale: 2,
  fan: 'in',
  distribution: 'uniform',
});
