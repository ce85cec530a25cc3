import { sigmoid, softmax, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomStream, randomStreams, type Model, type OutputActivation } from '@wellfit/core';
import { initializers, sequentialFrom, type LayerConfig, type SequentialConfig } from '@wellfit/layers';

const kernel = { activation: 'relu', useBias: true, kernelInitializer: { name: 'he-normal' } } as const;
const output = { type: 'Dense', name: 'output', ...kernel, activation: 'linear' } as const;
const norm = {
  type: 'BatchNormalization',
  momentum: 0.9,
  epsilon: 0.002,
  center: true,
  scale: true,
} as const;

/** A model of every supported layer. */
export const cnnConfig: SequentialConfig = {
  name: 'cnn',
  inputShape: [7, 6, 2],
  outputActivation: 'softmax',
  layers: [
    {
      type: 'Conv2D',
      name: 'conv_1',
      filters: 3,
      kernelSize: [3, 2],
      strides: [2, 1],
      padding: 'same',
      ...kernel,
      useBias: false,
    },
    { ...norm, name: 'conv_1_norm' },
    { type: 'Activation', name: 'conv_1_activation', activation: 'relu' },
    {
      type: 'Conv2D',
      name: 'conv_2',
      filters: 4,
      kernelSize: [2, 2],
      strides: [1, 1],
      padding: 'valid',
      ...kernel,
      activation: 'tanh',
    },
    { type: 'MaxPooling2D', name: 'pool', poolSize: [2, 2], strides: [1, 2], padding: 'same' },
    { type: 'Flatten', name: 'flatten' },
    {
      type: 'Dense',
      name: 'hidden_1',
      units: 5,
      ...kernel,
      kernelInitializer: { name: 'constant', value: 0.1 },
    },
    { ...norm, name: 'norm_2', center: false },
    { ...norm, name: 'norm_3', scale: false },
    { ...output, units: 3 },
  ],
};

/** A model whose last layer is no place for the output activation. */
export const mlpConfig: SequentialConfig = {
  name: 'mlp',
  inputShape: [4],
  outputActivation: 'sigmoid',
  layers: [
    { type: 'Dense', name: 'hidden_1', units: 3, ...kernel, activation: 'elu' },
    { ...output, units: 1 },
    { ...norm, name: 'output_norm' },
  ],
};

/** {@link mlpConfig} with places for noise, which no file keeps. */
export const noisyConfig: SequentialConfig = {
  ...mlpConfig,
  layers: [{ type: 'Noise', name: 'noise_1' }, ...mlpConfig.layers, { type: 'Noise', name: 'noise_2' }],
};

const initializerOptions: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  constant: { value: 0.5 },
  orthogonal: { gain: 1.5 },
  'random-normal': { mean: 1, stddev: 2 },
  'random-uniform': { min: -1, max: 3 },
  'truncated-normal': { mean: -1, stddev: 0.5 },
};

/** A model without an output activation, with every initializer there is. */
export const linearConfig: SequentialConfig = {
  name: 'linear',
  inputShape: [4],
  outputActivation: 'linear',
  layers: Object.keys(initializers).map((name): LayerConfig => {
    const kernelInitializer = { ...initializerOptions[name], name };
    return { ...output, name: `with_${name}`, units: 2, activation: 'tanh', kernelInitializer };
  }),
};

/** A model whose every weight has moved from where it starts, so that none can be mistaken for another. */
export function trainedModel(config: SequentialConfig): Model {
  const model = sequentialFrom(config, { random: randomStreams(1) });
  for (const { name, variable } of model.weights) {
    const random = randomStream(2, name);
    const values = Float32Array.from({ length: variable.size }, () => 0.25 + random.uniform());
    tidy(() => variable.assign(tensor(values, variable.shape)));
  }
  return model;
}

/** Some rows for a model. */
export function someRows(inputShape: readonly number[]): { shape: number[]; values: Float32Array } {
  const shape = [3, ...inputShape];
  const random = randomStream(3, 'rows');
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, values: Float32Array.from({ length }, random.normal) };
}

const outputActivations: Record<OutputActivation, (logits: Tensor) => Tensor> = {
  linear: (x) => x,
  sigmoid,
  softmax: (x) => softmax(x),
};

/** What a model predicts, output activation included. */
export function predictions(model: Model, rows: { shape: number[]; values: ArrayLike<number> }): number[] {
  return tidy(() => {
    const logits = model.forward(tensor(Float32Array.from(rows.values), rows.shape), { training: false });
    return [...outputActivations[model.outputActivation](logits).dataSync()];
  });
}

/** The largest difference of two lists of numbers; not a number where their lengths differ. */
export function largestDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return NaN;
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}
