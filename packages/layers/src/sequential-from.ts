import type { InputKind, RandomStream } from '@wellfit/core';
import { activation } from './activation.js';
import { activationFunctions } from './activation-functions.js';
import { assemble, type SequentialModel } from './assemble.js';
import { batchNormalization } from './batch-normalization.js';
import { conv2d } from './conv2d.js';
import { dense } from './dense.js';
import { LayerError } from './errors.js';
import { flatten } from './flatten.js';
import { initializerFrom } from './initializers/index.js';
import type { LayerConfig, SequentialConfig } from './layer-config.js';
import type { LayerBuilder } from './layer.js';
import { maxPool2d } from './max-pool2d.js';
import { noise } from './noise.js';

/** What {@link sequentialFrom} needs beside the configuration. */
export interface SequentialFromOptions {
  /** Derives the streams for the initial weights. */
  readonly random: (purpose: string) => RandomStream;
  /** Default `dense`. */
  readonly inputKind?: InputKind;
}

/**
 * Builds a model again from its configuration: the same layers, names, sites and, with the same streams, the same
 * initial weights. The last layer with a kernel has the role `output`, all others are hidden.
 *
 * @returns A model that owns the weights of its layers; the caller disposes it.
 * @throws LayerError `bad-config` where a layer is of an unknown type, `bad-shape` where one does not fit, `bad-name`,
 *   `unknown-initializer`.
 * @throws CoreError `bad-option` where an initializer refuses its options.
 * @example
 * const copy = sequentialFrom(model.config, { random: randomStreams(1) });
 */
export function sequentialFrom(
  config: SequentialConfig,
  { random, inputKind = 'dense' }: SequentialFromOptions,
): SequentialModel {
  const { name, inputShape, outputActivation, layers } = config;
  const output = layers.findLast((layer) => 'kernelInitializer' in layer);
  return assemble({
    name,
    shapes: { inputKind, inputShape, outputActivation },
    layers: layers.map((layer) => builderOf(layer, layer === output ? 'output' : 'hidden')),
    random,
  });
}

function builderOf(config: LayerConfig, role: 'hidden' | 'output'): LayerBuilder {
  // What was read from a file may name any activation, and any type.
  if ('activation' in config && !Object.hasOwn(activationFunctions, config.activation)) {
    throw new LayerError(
      'bad-config',
      `Layer ${config.name} has the unknown activation ${config.activation}. ` +
        `Known: ${Object.keys(activationFunctions).join(', ')}.`,
    );
  }
  switch (config.type) {
    case 'Dense':
      return dense({ ...config, role, kernelInitializer: initializerFrom(config.kernelInitializer) });
    case 'Conv2D':
      return conv2d({ ...config, role, kernelInitializer: initializerFrom(config.kernelInitializer) });
    case 'MaxPooling2D':
      return maxPool2d(config);
    case 'Flatten':
      return flatten(config);
    case 'Activation':
      return activation(config);
    case 'BatchNormalization':
      return batchNormalization(config);
    case 'Noise':
      return noise(config);
    default: {
      const { type, name } = config as { readonly type: unknown; readonly name: unknown };
      throw new LayerError('bad-config', `Layer ${String(name)} is of the unknown type ${String(type)}.`);
    }
  }
}
