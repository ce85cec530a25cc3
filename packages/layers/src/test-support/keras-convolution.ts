import { readFileSync } from 'node:fs';
import { grad, mul, sum, tensor, tidy, variableGrads, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { randomStreams } from '@wellfit/core';
import type { Layer, LayerBuilder } from '../layer.js';

/** What Keras computed for one layer; tensors are flat lists. */
export interface KerasCase {
  /** With the rows. */
  readonly inputShape: readonly number[];
  readonly x: readonly number[];
  /** The loss is the sum of the outputs times these. */
  readonly weighting: readonly number[];
  /** Of the loss, by the input. */
  readonly dx: readonly number[];
}

interface WindowCase extends KerasCase {
  readonly outputShape: readonly number[];
  readonly y: readonly number[];
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
}

interface Fixture {
  readonly convolutions: readonly (WindowCase & {
    readonly kernelSize: readonly [number, number];
    readonly activation: 'relu' | 'sigmoid' | 'linear' | 'elu';
    readonly kernel: readonly number[];
    readonly bias: readonly number[];
    readonly dkernel: readonly number[];
    readonly dbias: readonly number[];
  })[];
  readonly pools: readonly (WindowCase & { readonly poolSize: readonly [number, number] })[];
  readonly normalizations: readonly (KerasCase & {
    readonly center: boolean;
    readonly scale: boolean;
    readonly start: Readonly<Record<string, readonly number[]>>;
    readonly training: readonly number[];
    readonly inference: readonly number[];
    readonly movingMean: readonly number[];
    readonly movingVariance: readonly number[];
    /** By gamma and beta, those that there are. */
    readonly dtrained: readonly (readonly number[])[];
  })[];
  /** The summary of the textbook's network for CIFAR-10. */
  readonly cifarSummary: string;
}

/** Written by `tools/reference/keras-convolution.py`. */
export const kerasConvolution = JSON.parse(
  readFileSync(new URL('../keras-convolution.fixture.json', import.meta.url), 'utf8'),
) as Fixture;

/** Builds a layer for the input of a case and sets weights by the last part of their names. */
export function buildFor(
  build: LayerBuilder,
  { inputShape }: KerasCase,
  weights: Readonly<Record<string, readonly number[]>> = {},
): Layer {
  const layer = build({ inputShape: inputShape.slice(1), random: randomStreams(1) });
  for (const [name, values] of Object.entries(weights)) {
    const { variable } = layer.weights.find((weight) => weight.name === `${layer.name}/${name}`)!;
    tidy(() => variable.assign(tensor([...values], variable.shape)));
  }
  return layer;
}

/** What a layer computes in training mode for the input of a case, with the gradients of its loss. */
export function runCase(layer: Layer, { inputShape, x, weighting }: KerasCase) {
  return tidy(() => {
    const input = tensor([...x], [...inputShape]);
    const y = layer.forward(input, { training: true });
    const factors = tensor([...weighting], y.shape);
    const loss = (of: Tensor): Scalar => sum(mul(layer.forward(of, { training: true }), factors));
    const trained = layer.weights.filter(({ trainable }) => trainable).map(({ variable }) => variable);
    const slopes = trained.length > 0 ? variableGrads(() => loss(input), trained).grads : {};
    return {
      shape: y.shape,
      y: [...y.dataSync()],
      dx: [...grad(loss)(input).dataSync()],
      /** By the trained weights, in their order. */
      dweights: trained.map(({ name }) => [...slopes[name].dataSync()]),
    };
  });
}

/** Expects values to agree up to float32 rounding. */
export function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) =>
    expect(Math.abs(actual[i] - value)).toBeLessThan(1e-5 * (1 + Math.abs(value))),
  );
}

/** Frees a layer's weights. */
export function disposeLayer(layer: Layer): void {
  layer.weights.forEach(({ variable }) => variable.dispose());
}
