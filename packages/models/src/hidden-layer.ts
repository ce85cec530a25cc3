import {
  activation as activationLayer,
  batchNormalization,
  type ActivationName,
  type DenseOptions,
  type Initializer,
  type LayerBuilder,
} from '@wellfit/layers';
import { z } from 'zod';
import { activationOption } from './activation-option.js';
import { initializerOption } from './initializer-option.js';

const normalizationOption = z.enum(['none', 'batch']);

/** Options that presets with hidden layers share. */
export const hiddenOptions = {
  activation: activationOption.default('relu').describe('Activation of the hidden layers.'),
  normalization: normalizationOption
    .default('none')
    .describe('Batch normalization between each hidden layer and its activation.'),
  initializer: initializerOption
    .default('glorot-uniform')
    .describe('Initial kernels of all layers; biases start at zero.'),
};

/** What a hidden layer with a kernel is, apart from its kernel. */
export interface HiddenLayer {
  readonly name: string;
  readonly activation: ActivationName;
  readonly normalization: z.output<typeof normalizationOption>;
  readonly kernelInitializer: Initializer;
  /** Whether noise may act on what it returns. Default true. */
  readonly activationSite?: boolean;
}

/** What layers with a kernel have in common. */
export type KernelLayer = Pick<
  DenseOptions,
  'name' | 'activation' | 'kernelInitializer' | 'role' | 'activationSite'
>;

/**
 * A hidden layer: the kernel, where asked for `<name>_norm` behind it, and the activation, which is then
 * `<name>_activation`, a layer of its own whose site bears the name of the kernel's layer.
 *
 * @param kernel Makes the layer with the kernel.
 */
export function hiddenLayer(
  { name, activation, normalization, kernelInitializer, activationSite = true }: HiddenLayer,
  kernel: (layer: KernelLayer) => LayerBuilder,
): LayerBuilder[] {
  const layer = { name, kernelInitializer, role: 'hidden' } as const;
  if (normalization === 'none') return [kernel({ ...layer, activation, activationSite })];
  return [
    // Noise belongs behind the activation, not between the kernel and its normalization.
    kernel({ ...layer, activationSite: false }),
    batchNormalization({ name: `${name}_norm` }),
    activationLayer({ name: `${name}_activation`, activation, site: name, activationSite }),
  ];
}
