import type { Tensor } from '@tensorflow/tfjs-core';
import { isMultiHot, type Inputs } from '@wellfit/core';
import { activated } from './activation-functions.js';
import { LayerError } from './errors.js';
import { kernelWeights, type KernelOptions } from './kernel-weights.js';
import type { Layer, LayerBuilder, LayerHost } from './layer.js';
import { requireRows, requireWhole, shownShape } from './layer-shapes.js';
import type { FusedActivation } from './ops/activation-gradient.js';
import { fusedDense } from './ops/fused-dense.js';
import { fusedMultiHotDense } from './ops/fused-multi-hot-dense.js';

/** Options of {@link dense}. */
export interface DenseOptions extends KernelOptions {
  /** Width of the output, at least 1. */
  readonly units: number;
}

/**
 * A fully connected layer: `activation(x . kernel + bias)`. Dense or multi-hot input `[rows, width]`.
 *
 * @throws LayerError `bad-shape` where the input is not flat, or `units` is not a whole number of at least 1.
 * @example
 * dense({ name: 'hidden_1', units: 64, activation: 'relu', role: 'hidden', kernelInitializer: heNormal() });
 */
export function dense(options: DenseOptions): LayerBuilder {
  return (host) => buildDense(options, host);
}

function buildDense(options: DenseOptions, host: LayerHost): Layer {
  const { name, units, activation = 'linear' } = options;
  const { inputShape } = host;
  if (inputShape.length !== 1) {
    throw new LayerError(
      'bad-shape',
      `Layer ${name} needs flat rows, but its input has the shape ${shownShape(inputShape)}: flatten it first.`,
    );
  }
  requireWhole(name, 'units', units);
  const { kernel, bias, weights, sites, config, offer } = kernelWeights(
    options,
    [inputShape[0], units],
    host,
  );

  return {
    name,
    type: 'Dense',
    outputShape: [units],
    weights,
    sites,
    config: { type: 'Dense', units, ...config },
    forward(inputs, context) {
      if (!isMultiHot(inputs)) requireRows(name, host, inputs.shape);
      const weights = { kernel: kernel.variable, bias: bias?.variable };
      return offer(
        activated(activation, (fused) => multiply(inputs, weights, fused)),
        context,
      );
    },
  };
}

function multiply(
  inputs: Inputs,
  weights: { kernel: Tensor; bias?: Tensor },
  activation: FusedActivation,
): Tensor {
  return isMultiHot(inputs)
    ? fusedMultiHotDense(inputs, weights, activation)
    : fusedDense({ x: inputs, ...weights }, { activation })[0];
}
