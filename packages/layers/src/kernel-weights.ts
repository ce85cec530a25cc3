import type { Tensor } from '@tensorflow/tfjs-core';
import type { ForwardContext, Site, Weight } from '@wellfit/core';
import type { ActivationName } from './activation-functions.js';
import { fans, type Initializer } from './initializers/index.js';
import type { DenseConfig } from './layer-config.js';
import type { LayerHost } from './layer.js';
import { ownVariable } from './own-variable.js';

/** Options of every layer with a kernel. */
export interface KernelOptions {
  readonly name: string;
  /** Default `linear`. */
  readonly activation?: ActivationName;
  readonly kernelInitializer: Initializer;
  /** Default true: a bias that starts at zero. */
  readonly useBias?: boolean;
  readonly role: 'hidden' | 'output';
  /** Default true: noise may act on what this layer returns. Not where another layer's activation follows. */
  readonly activationSite?: boolean;
}

/** What layers with a kernel have in common. */
export interface KernelWeights {
  readonly kernel: Weight;
  readonly bias?: Weight;
  readonly weights: readonly Weight[];
  readonly sites: readonly Site[];
  readonly config: Omit<DenseConfig, 'type' | 'units'>;
  /** Lets noise act on what the layer returns, where it may. */
  readonly offer: (active: Tensor, context: ForwardContext) => Tensor;
}

/**
 * Draws a kernel and a bias of zeros and declares their sites.
 *
 * @param shape Of the kernel; its last axis is the width of the bias.
 * @returns Weights that belong to the layer.
 */
export function kernelWeights(options: KernelOptions, shape: number[], { random }: LayerHost): KernelWeights {
  const { name, activation = 'linear', kernelInitializer, useBias = true, role } = options;
  const { activationSite = true } = options;
  const width = shape[shape.length - 1];
  const initial = kernelInitializer.values(shape, fans(shape), random(`init/${name}/kernel`));
  const kernel: Weight = { name: `${name}/kernel`, trainable: true, variable: ownVariable(initial, shape) };
  const bias: Weight | undefined = useBias
    ? { name: `${name}/bias`, trainable: true, variable: ownVariable(new Float32Array(width), [width]) }
    : undefined;
  const outputSite: Site = { layer: name, kind: 'activation', role };
  return {
    kernel,
    ...(bias && { bias }),
    weights: bias ? [kernel, bias] : [kernel],
    sites: [{ layer: name, kind: 'kernel', role, weight: kernel }, ...(activationSite ? [outputSite] : [])],
    config: {
      name,
      activation,
      useBias,
      kernelInitializer: kernelInitializer.config,
      ...(!activationSite && { activationSite }),
    },
    offer: (active, { noise }) => (activationSite && noise ? noise(outputSite, active) : active),
  };
}
