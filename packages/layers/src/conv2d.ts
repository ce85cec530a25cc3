import type { Tensor } from '@tensorflow/tfjs-core';
import { activated } from './activation-functions.js';
import { planWindow, type Extent, type Padding } from './image-window.js';
import { kernelWeights, type KernelOptions } from './kernel-weights.js';
import type { Layer, LayerBuilder, LayerHost } from './layer.js';
import { requireWhole } from './layer-shapes.js';
import { fusedConv2d } from './ops/fused-conv2d.js';

/** Options of {@link conv2d}. */
export interface Conv2dOptions extends KernelOptions {
  /** Channels of the output, at least 1. */
  readonly filters: number;
  /** Rows and columns of the window. */
  readonly kernelSize: Extent;
  /** How far the window moves. Default 1. */
  readonly strides?: Extent;
  /** Default `valid`, as in Keras. */
  readonly padding?: Padding;
}

/**
 * A convolution over images `[rows, height, width, channels]`: `activation(conv(x, kernel) + bias)`, a
 * cross-correlation as in Keras. Its kernel is `[kernel height, kernel width, channels, filters]`.
 *
 * @throws LayerError `bad-shape` where the input is no image, the kernel does not fit into it, or a number is not whole.
 * @example
 * conv2d({ name: 'conv_1', filters: 32, kernelSize: 3, padding: 'same', activation: 'relu', role: 'hidden',
 *   kernelInitializer: heNormal() });
 */
export function conv2d(options: Conv2dOptions): LayerBuilder {
  return (host) => buildConv2d(options, host);
}

function buildConv2d(options: Conv2dOptions, host: LayerHost): Layer {
  const { name, filters, strides = 1, padding = 'valid', activation = 'linear' } = options;
  requireWhole(name, 'filters', filters);
  const plan = planWindow(name, host, { what: 'kernel', size: options.kernelSize, strides, padding });
  const shape = [...plan.size, plan.input[2], filters];
  const { kernel, bias, weights, sites, config, offer } = kernelWeights(options, shape, host);

  return {
    name,
    type: 'Conv2D',
    outputShape: [...plan.output, filters],
    weights,
    sites,
    config: {
      type: 'Conv2D',
      filters,
      kernelSize: plan.size,
      strides: plan.strides,
      padding,
      ...config,
    },
    forward(inputs, context) {
      const given = { x: inputs as Tensor, filter: kernel.variable, bias: bias?.variable };
      const window = { strides: plan.strides, pad: padding };
      return offer(
        activated(activation, (fused) => fusedConv2d(given, { ...window, activation: fused })[0]),
        context,
      );
    },
  };
}
