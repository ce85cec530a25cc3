import { activationFunctions, type ActivationName, type LayerConfig } from '@wellfit/layers';
import { z } from 'zod';
import { FormatError } from '../format-error.js';
import { fromKerasInitializer } from './initializer-configs.js';
import type { FoundLayer } from './keras-chain.js';

/** A layer read from a file: `softmax` is known only as the output activation, which is not decided here. */
export type ReadLayer = WithSoftmax<Exclude<LayerConfig, { type: 'Noise' }>>;

type WithSoftmax<L> = L extends { activation: ActivationName }
  ? Omit<L, 'activation'> & { readonly activation: ActivationName | 'softmax' }
  : L;

/** Layers that only act in training; in wellfit that is a matter of the experiment. */
const TRAINING_ONLY = [
  'Dropout',
  'SpatialDropout1D',
  'SpatialDropout2D',
  'GaussianNoise',
  'GaussianDropout',
  'AlphaDropout',
  'ActivityRegularization',
];

const size = z.int().min(1);
const pair = z
  .union([z.tuple([size, size]), size])
  .transform((value): [number, number] => (typeof value === 'number' ? [value, value] : value));
const activation = z
  .union([z.string(), z.looseObject({ config: z.string() }).transform(({ config }) => config)])
  .nullish()
  .transform((name) => name ?? 'linear');
const padding = z.string().transform((value) => value.toLowerCase());
const dataFormat = z.string().nullish();
const kernel = {
  activation,
  use_bias: z.boolean().default(true),
  kernel_initializer: z.unknown().optional(),
};

const schemas = {
  Dense: z.looseObject({ units: size, ...kernel }),
  Conv2D: z.looseObject({
    filters: size,
    kernel_size: pair,
    strides: pair.default([1, 1]),
    padding: padding.default('valid'),
    data_format: dataFormat,
    dilation_rate: pair.default([1, 1]),
    groups: size.default(1),
    ...kernel,
  }),
  MaxPooling2D: z.looseObject({
    pool_size: pair.default([2, 2]),
    strides: pair.nullish(),
    padding: padding.default('valid'),
    data_format: dataFormat,
  }),
  Flatten: z.looseObject({ data_format: dataFormat }),
  Activation: z.looseObject({ activation }),
  BatchNormalization: z.looseObject({
    axis: z.union([z.int(), z.tuple([z.int()]).transform(([axis]) => axis)]).default(-1),
    momentum: z.number().min(0).max(1).default(0.99),
    epsilon: z.number().positive().default(0.001),
    center: z.boolean().default(true),
    scale: z.boolean().default(true),
    renorm: z.boolean().nullish(),
  }),
};

/** The types of layers that can be loaded. */
export const supportedLayers = [...Object.keys(schemas), 'InputLayer'];

/**
 * Reads one layer.
 *
 * @param rank Dimensions of its input, the batch counted.
 * @param note Takes what has no place in a wellfit model, one sentence each.
 * @returns undefined for a layer that only acts in training and is left out, with a note.
 * @throws FormatError `unsupported-layer`, or `bad-file` where its options are damaged.
 */
export function fromKerasLayer(
  layer: FoundLayer,
  rank: number,
  note: (sentence: string) => void,
): ReadLayer | undefined {
  const { className, name } = layer;
  if (TRAINING_ONLY.includes(className)) {
    note(
      `Layer ${name} (${className}) was left out: it only acts in training. Name it as a regularizer of an arm.`,
    );
    return undefined;
  }
  noteTrainingOptions(layer, note);
  switch (className) {
    case 'Dense': {
      const { units, ...own } = parse(layer, schemas.Dense);
      return { type: 'Dense', name, units, ...readKernel(layer, own, note) };
    }
    case 'Conv2D': {
      const own = parse(layer, schemas.Conv2D);
      if (own.dilation_rate.some((rate) => rate !== 1))
        throw option(layer, 'dilation_rate', own.dilation_rate);
      if (own.groups !== 1) throw option(layer, 'groups', own.groups);
      return {
        type: 'Conv2D',
        name,
        filters: own.filters,
        kernelSize: own.kernel_size,
        strides: own.strides,
        padding: readPadding(layer, own),
        ...readKernel(layer, own, note),
      };
    }
    case 'MaxPooling2D': {
      const own = parse(layer, schemas.MaxPooling2D);
      const { pool_size: poolSize } = own;
      return {
        type: 'MaxPooling2D',
        name,
        poolSize,
        strides: own.strides ?? poolSize,
        padding: readPadding(layer, own),
      };
    }
    case 'Flatten':
      checkDataFormat(layer, parse(layer, schemas.Flatten).data_format);
      return { type: 'Flatten', name };
    case 'Activation':
      return {
        type: 'Activation',
        name,
        activation: readActivation(layer, parse(layer, schemas.Activation).activation),
      };
    case 'BatchNormalization': {
      const { axis, momentum, epsilon, center, scale, renorm } = parse(layer, schemas.BatchNormalization);
      if (axis !== -1 && axis !== rank - 1) throw option(layer, 'axis', axis);
      if (renorm === true) throw option(layer, 'renorm', renorm);
      return { type: 'BatchNormalization', name, momentum, epsilon, center, scale };
    }
    default: {
      const message = `Layer ${name} is of the type ${className}, which is not supported.`;
      const supported = [...supportedLayers, ...TRAINING_ONLY].join(', ');
      throw new FormatError('unsupported-layer', `${message} Supported are ${supported}.`);
    }
  }
}

function parse<S extends z.ZodType>({ name, className, config }: FoundLayer, schema: S): z.output<S> {
  const result = schema.safeParse(config);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  throw new FormatError(
    'bad-file',
    `Layer ${name} (${className}) has a wrong ${path.join('.')}: ${message}.`,
  );
}

interface KernelOptions {
  readonly activation: string;
  readonly use_bias: boolean;
  readonly kernel_initializer?: unknown;
}

function readKernel(layer: FoundLayer, own: KernelOptions, note: (sentence: string) => void) {
  const known = fromKerasInitializer(own.kernel_initializer ?? 'glorot_uniform');
  if (known === undefined) {
    note(
      `Layer ${layer.name} has an initializer that wellfit lacks; trained anew it would start with glorot-uniform.`,
    );
  }
  return {
    activation: readActivation(layer, own.activation),
    useBias: own.use_bias,
    kernelInitializer: known ?? { name: 'glorot-uniform' },
  };
}

function readActivation(layer: FoundLayer, name: string): ActivationName | 'softmax' {
  if (name === 'softmax' || Object.hasOwn(activationFunctions, name))
    return name as ActivationName | 'softmax';
  throw option(
    layer,
    'activation',
    name,
    [...Object.keys(activationFunctions), 'softmax at the end'].join(', '),
  );
}

function readPadding(
  layer: FoundLayer,
  own: { padding: string; data_format?: string | null },
): 'same' | 'valid' {
  checkDataFormat(layer, own.data_format);
  if (own.padding === 'same' || own.padding === 'valid') return own.padding;
  throw option(layer, 'padding', own.padding, 'same, valid');
}

function checkDataFormat(layer: FoundLayer, format: string | null | undefined): void {
  // TensorFlow.js writes `channelsLast`.
  if (!/^channels_?last$/i.test(format ?? 'channels_last'))
    throw option(layer, 'data_format', format, 'channels_last');
}

function option(
  { name, className }: FoundLayer,
  key: string,
  value: unknown,
  supported?: string,
): FormatError {
  const message = `Layer ${name} (${className}) has ${key} ${JSON.stringify(value)}, which is not supported`;
  return new FormatError(
    'unsupported-layer',
    supported ? `${message}. Supported: ${supported}.` : `${message}.`,
  );
}

/** Says which options act in training only and are therefore dropped. */
function noteTrainingOptions(
  { name, className, config }: FoundLayer,
  note: (sentence: string) => void,
): void {
  const dropped = Object.keys(config).filter(
    (key) => /_(regularizer|constraint)$/.test(key) && config[key] !== null && config[key] !== undefined,
  );
  if (dropped.length > 0) {
    note(
      `Layer ${name} (${className}) had ${dropped.join(', ')}: penalties and constraints are set by the experiment.`,
    );
  }
  if (config.trainable === false)
    note(`Layer ${name} (${className}) was frozen; wellfit trains every layer.`);
}
