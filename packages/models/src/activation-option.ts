import { activationFunctions, type ActivationName } from '@wellfit/layers';
import { z } from 'zod';

/** The option that names an activation function. */
export const activationOption = z.enum(
  Object.keys(activationFunctions) as [ActivationName, ...ActivationName[]],
);
