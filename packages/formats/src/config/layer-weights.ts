import type { LayerConfig, SequentialConfig } from '@wellfit/layers';
import { FormatError } from '../format-error.js';
import { MOST_VALUES } from '../limits.js';

/** A weight that an architecture needs. */
export interface WeightSpec {
  /** `<layer>/<what>`, for instance `hidden_1/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
}

/** A layer, and the weights that it needs in the order in which Keras keeps them. */
export interface LayerWeights {
  readonly layer: LayerConfig;
  /** Of one input row. */
  readonly inputShape: readonly number[];
  readonly weights: readonly WeightSpec[];
}

/**
 * Follows the shapes through an architecture to the weights that each layer needs.
 *
 * @throws FormatError `bad-file` where a layer does not fit its input; `too-large` above 268 million values.
 */
export function layerWeights(config: SequentialConfig): LayerWeights[] {
  let inputShape = config.inputShape;
  let values = 0;
  return config.layers.map((layer) => {
    const { weights, outputShape } = shapesOf(layer, inputShape);
    const needed = {
      layer,
      inputShape,
      weights: Object.entries(weights).map(([what, shape]) => ({ name: `${layer.name}/${what}`, shape })),
    };
    for (const { shape } of needed.weights) values += sizeOf(shape);
    if (!(values <= MOST_VALUES)) {
      throw new FormatError(
        'too-large',
        `Model ${config.name} asks for ${values} weights up to layer ${layer.name}, more than ${MOST_VALUES}.`,
      );
    }
    inputShape = outputShape;
    return needed;
  });
}

/** Number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

interface Shapes {
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly outputShape: readonly number[];
}

function shapesOf(layer: LayerConfig, input: readonly number[]): Shapes {
  switch (layer.type) {
    case 'Dense': {
      const [width] = expectRank(layer, input, 1);
      const { units, useBias } = layer;
      return {
        weights: { kernel: [width, units], ...(useBias && { bias: [units] }) },
        outputShape: [units],
      };
    }
    case 'Conv2D': {
      const { kernelSize, filters, useBias } = layer;
      const [rows, columns, channels] = expectRank(layer, input, 3);
      return {
        weights: { kernel: [...kernelSize, channels, filters], ...(useBias && { bias: [filters] }) },
        outputShape: [...windowed(layer, [rows, columns], kernelSize), filters],
      };
    }
    case 'MaxPooling2D': {
      const [rows, columns, channels] = expectRank(layer, input, 3);
      return { weights: {}, outputShape: [...windowed(layer, [rows, columns], layer.poolSize), channels] };
    }
    case 'BatchNormalization': {
      const width = [input[input.length - 1]];
      const { scale, center } = layer;
      const weights = { ...(scale && { gamma: width }), ...(center && { beta: width }) };
      return { weights: { ...weights, moving_mean: width, moving_variance: width }, outputShape: input };
    }
    case 'Flatten':
      return { weights: {}, outputShape: [sizeOf(input)] };
    case 'Activation':
    case 'Noise':
      return { weights: {}, outputShape: input };
  }
}

function expectRank(layer: LayerConfig, input: readonly number[], rank: number): readonly number[] {
  if (input.length === rank) return input;
  throw misfit(layer, input, `needs rows of ${rank === 1 ? '1 dimension' : `${rank} dimensions`}`);
}

type Windowed = Extract<LayerConfig, { padding: unknown }>;

function windowed(layer: Windowed, input: readonly number[], window: readonly number[]): number[] {
  const sizes = input.map((size, i) =>
    layer.padding === 'same'
      ? Math.ceil(size / layer.strides[i])
      : Math.floor((size - window[i]) / layer.strides[i]) + 1,
  );
  if (sizes.some((size) => size < 1)) throw misfit(layer, input, `is [${window.join(', ')}] wide`);
  return sizes;
}

function misfit({ name, type }: LayerConfig, input: readonly number[], needs: string): FormatError {
  const message = `Layer ${name} (${type}) ${needs}, but its input has the shape [${input.join(', ')}].`;
  return new FormatError('bad-file', `${message} The architecture in the file does not hold together.`);
}
