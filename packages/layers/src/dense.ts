import { add, matMul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { isMultiHot, type Inputs, type Site, type Weight } from '@wellfit/core';
import { activationFunctions, type ActivationName } from './activation-functions.js';
import { LayerError } from './errors.js';
import { fans, type Initializer } from './initializers/index.js';
import type { Layer, LayerBuilder, LayerHost } from './layer.js';
import { multiHotMatMul } from './ops/multi-hot-mat-mul.js';
import { ownVariable } from './own-variable.js';

/** Options of {@link dense}. */
export interface DenseOptions {
  readonly name: string;
  /** Width of the output, at least 1. */
  readonly units: number;
  /** Default `linear`. */
  readonly activation?: ActivationName;
  readonly kernelInitializer: Initializer;
  /** Default true: a bias that starts at zero. */
  readonly useBias?: boolean;
  readonly role: 'hidden' | 'output';
  /** Default true: noise may act on what this layer returns. Not where another layer's activation follows. */
  readonly activationSite?: boolean;
}

/**
 * A fully connected layer: `activation(x . kernel + bias)`. Dense or multi-hot input `[rows, width]`.
 *
 * @throws LayerError `bad-shape` where the input is not flat, or `units` is not a whole number of at least 1.
 */
export function dense(options: DenseOptions): LayerBuilder {
  return (host) => buildDense(options, host);
}

function buildDense(options: DenseOptions, { inputShape, random }: LayerHost): Layer {
  const { name, units, activation = 'linear', useBias = true, role, activationSite = true } = options;
  if (inputShape.length !== 1) {
    throw new LayerError(
      'bad-shape',
      `Layer ${name} needs flat rows, but its input has the shape [${inputShape.join(', ')}]: flatten it first.`,
    );
  }
  if (!Number.isInteger(units) || units < 1) {
    throw new LayerError(
      'bad-shape',
      `Layer ${name} needs a whole number of units, at least 1, not ${units}.`,
    );
  }
  const shape: [number, number] = [inputShape[0], units];
  const initial = options.kernelInitializer.values(shape, fans(shape), random(`init/${name}/kernel`));
  const kernel: Weight = { name: `${name}/kernel`, trainable: true, variable: ownVariable(initial, shape) };
  const bias: Weight | undefined = useBias
    ? { name: `${name}/bias`, trainable: true, variable: ownVariable(new Float32Array(units), [units]) }
    : undefined;
  const outputSite: Site = { layer: name, kind: 'activation', role };

  return {
    name,
    type: 'Dense',
    outputShape: [units],
    weights: bias ? [kernel, bias] : [kernel],
    sites: [{ layer: name, kind: 'kernel', role, weight: kernel }, ...(activationSite ? [outputSite] : [])],
    config: {
      type: 'Dense',
      name,
      units,
      activation,
      useBias,
      kernelInitializer: options.kernelInitializer.name,
    },
    forward(inputs, { noise }) {
      const product = multiply(inputs, kernel.variable as Tensor as Tensor2D);
      const active = activationFunctions[activation](bias ? add(product, bias.variable) : product);
      return activationSite && noise ? noise(outputSite, active) : active;
    },
  };
}

function multiply(inputs: Inputs, kernel: Tensor2D): Tensor {
  return isMultiHot(inputs) ? multiHotMatMul(inputs, kernel) : matMul(inputs as Tensor2D, kernel);
}
