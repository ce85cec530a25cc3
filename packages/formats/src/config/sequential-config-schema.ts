import { activationFunctions, type ActivationName, type SequentialConfig } from '@wellfit/layers';
import { z } from 'zod';
import { MOST_LAYERS } from '../limits.js';

const size = z.int().min(1);
const name = z.string().min(1);
const activation = z.enum(Object.keys(activationFunctions) as [ActivationName, ...ActivationName[]]);
const initializer = z.looseObject({ name }).catchall(z.union([z.number(), z.string()]));
const kernel = { name, activation, useBias: z.boolean(), kernelInitializer: initializer };
const window = { strides: z.tuple([size, size]), padding: z.enum(['same', 'valid']) };

const layer = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('Dense'), units: size, ...kernel }),
  z.looseObject({
    type: z.literal('Conv2D'),
    filters: size,
    kernelSize: z.tuple([size, size]),
    ...window,
    ...kernel,
  }),
  z.looseObject({ type: z.literal('MaxPooling2D'), name, poolSize: z.tuple([size, size]), ...window }),
  z.looseObject({ type: z.literal('Flatten'), name }),
  z.looseObject({ type: z.literal('Activation'), name, activation }),
  z.looseObject({
    type: z.literal('BatchNormalization'),
    name,
    momentum: z.number(),
    epsilon: z.number(),
    center: z.boolean(),
    scale: z.boolean(),
  }),
  z.looseObject({ type: z.literal('Noise'), name }),
]);

/**
 * What `Model.config` of a sequential model holds; `Model.config` itself is any plain data. Further options of layers
 * are kept.
 */
export const sequentialConfigSchema: z.ZodType<SequentialConfig> = z.object({
  name,
  inputShape: z.array(size).min(1),
  outputActivation: z.enum(['linear', 'sigmoid', 'softmax']),
  layers: z.array(layer).min(1).max(MOST_LAYERS),
});
