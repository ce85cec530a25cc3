import type { LayerConfig, SequentialConfig } from '@wellfit/layers';
import { FormatError } from '../format-error.js';
import { toKerasInitializer, type KerasObject } from './initializer-configs.js';

/** A layer as Keras serializes it. */
export interface KerasLayer extends KerasObject {
  readonly config: Readonly<Record<string, unknown>> & { readonly name: string };
}

const zeros: KerasObject = { class_name: 'Zeros', config: {} };
const ones: KerasObject = { class_name: 'Ones', config: {} };

/**
 * The layers of a model as Keras names them, without the input layer. Noise layers, which predict nothing, are left
 * out; the last layer applies the output activation, since models of Keras return probabilities and not logits.
 *
 * @throws FormatError `bad-name` for a layer whose name Keras or HDF5 refuse.
 */
export function toKerasLayers({ layers, outputActivation }: SequentialConfig): KerasLayer[] {
  const kept = layers.filter((layer): layer is Kept => layer.type !== 'Noise');
  for (const { name } of kept) checkName(name);
  const written = kept.map(toKerasLayer);
  if (outputActivation === 'linear') return written;
  const last = kept.at(-1);
  if ((last?.type === 'Dense' || last?.type === 'Conv2D') && last.activation === 'linear') {
    const { class_name, config } = written[written.length - 1];
    written[written.length - 1] = { class_name, config: { ...config, activation: outputActivation } };
  } else {
    const name = freeName('output_activation', layers);
    written.push({ class_name: 'Activation', config: { ...common(name), activation: outputActivation } });
  }
  return written;
}

/** A name that no layer bears yet. */
export function freeName(wanted: string, layers: readonly { readonly name: string }[]): string {
  const taken = new Set(layers.map(({ name }) => name));
  let name = wanted;
  for (let i = 1; taken.has(name); i++) name = `${wanted}_${i}`;
  return name;
}

function checkName(name: string): void {
  if (/^[^/]+$/.test(name) && name !== '.' && name !== 'top_level_model_weights') return;
  const message = `A layer cannot be saved under the name ${JSON.stringify(name)}, which Keras refuses.`;
  throw new FormatError('bad-name', `${message} Rename it, without a slash.`);
}

type Kept = Exclude<LayerConfig, { type: 'Noise' }>;

const common = (name: string) => ({ name, trainable: true, dtype: 'float32' });

function toKerasLayer(layer: Kept): KerasLayer {
  return { class_name: layer.type, config: { ...common(layer.name), ...ownConfig(layer) } };
}

function ownConfig(layer: Kept): Record<string, unknown> {
  switch (layer.type) {
    case 'Dense':
      return { units: layer.units, ...kernelConfig(layer) };
    case 'Conv2D':
      return {
        filters: layer.filters,
        kernel_size: layer.kernelSize,
        ...windowConfig(layer),
        dilation_rate: [1, 1],
        groups: 1,
        ...kernelConfig(layer),
      };
    case 'MaxPooling2D':
      return { pool_size: layer.poolSize, ...windowConfig(layer) };
    case 'Flatten':
      return { data_format: 'channels_last' };
    case 'Activation':
      return { activation: layer.activation };
    case 'BatchNormalization': {
      const { momentum, epsilon, center, scale } = layer;
      return {
        axis: -1,
        momentum,
        epsilon,
        center,
        scale,
        beta_initializer: zeros,
        gamma_initializer: ones,
        moving_mean_initializer: zeros,
        moving_variance_initializer: ones,
      };
    }
  }
}

type WithKernel = Extract<Kept, { kernelInitializer: unknown }>;

function kernelConfig({ activation, useBias, kernelInitializer }: WithKernel): Record<string, unknown> {
  return {
    activation,
    use_bias: useBias,
    kernel_initializer: toKerasInitializer(kernelInitializer),
    bias_initializer: zeros,
    kernel_regularizer: null,
    bias_regularizer: null,
    activity_regularizer: null,
    kernel_constraint: null,
    bias_constraint: null,
  };
}

function windowConfig({ strides, padding }: Extract<Kept, { padding: unknown }>): Record<string, unknown> {
  return { strides, padding, data_format: 'channels_last' };
}
