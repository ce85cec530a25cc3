import { z } from 'zod';
import { firstIssue } from '../config/first-issue.js';
import { FormatError } from '../format-error.js';
import { MOST_LAYERS } from '../limits.js';

/** A layer as found in a file, not yet looked into. */
export interface FoundLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The layers of a model in the order in which they are applied. */
export interface Chain {
  readonly name: string;
  /** Shape of one input row. */
  readonly inputShape: readonly number[];
  /** Without the input layer. */
  readonly layers: readonly FoundLayer[];
}

const object = z.record(z.string(), z.unknown());
const layerSchema = z.looseObject({
  class_name: z.string(),
  name: z.string().optional(),
  config: z.looseObject({ name: z.string().optional() }),
  inbound_nodes: z.array(z.unknown()).optional(),
});
const layersSchema = z.array(layerSchema).min(1).max(MOST_LAYERS);
const modelSchema = z.looseObject({
  class_name: z.string(),
  // Very old files hold the layers themselves.
  config: z.preprocess(
    (config) => (Array.isArray(config) ? { layers: config as unknown } : config),
    z.looseObject({ name: z.string().optional(), layers: layersSchema }),
  ),
});

type Model = z.output<typeof modelSchema>;
type Serialized = z.output<typeof layerSchema>;

const FUNCTIONAL = ['Functional', 'Model'];

/**
 * Reads the description of a Sequential model, or of a functional one whose layers follow one another, in the words
 * of Keras 2, Keras 3 or TensorFlow.js.
 *
 * @throws FormatError `bad-file` where it is no such description; `unsupported-model` for branches, several inputs or
 * outputs, shared layers, other classes, and inputs of unknown shape.
 */
export function kerasChain(data: unknown): Chain {
  const result = modelSchema.safeParse(data);
  if (!result.success) {
    const wrong = firstIssue(result.error);
    throw new FormatError('bad-file', `The architecture in the file is damaged: ${wrong}.`);
  }
  const model = result.data;
  const { class_name: className, config } = model;
  const name = config.name ?? 'model';
  if (className !== 'Sequential' && !FUNCTIONAL.includes(className)) {
    throw unsupported(name, `is of the class ${className}`);
  }
  const serialized = className === 'Sequential' ? config.layers : inOrder(name, config);
  const all = serialized.map((layer) => found(layer));
  const shape = batchShape(model, all);
  return {
    name,
    inputShape: rowShape(name, shape),
    layers: all.filter(({ className: c }) => c !== 'InputLayer'),
  };
}

function found({ class_name: className, name, config }: Serialized): FoundLayer {
  return { className, name: config.name ?? name ?? className, config };
}

/** The layers of a functional model from its input to its output, each fed by the one before it. */
function inOrder(name: string, config: Model['config']): Serialized[] {
  const next = new Map<string, Serialized>();
  let first: Serialized | undefined;
  for (const layer of config.layers) {
    const sources = sourcesOf(name, layer);
    if (sources.length === 0) {
      if (first !== undefined) throw unsupported(name, 'has several inputs');
      first = layer;
    } else if (sources.length > 1) {
      throw unsupported(name, `has a layer with several inputs, ${found(layer).name}`);
    } else if (next.has(sources[0])) {
      throw unsupported(name, `branches after layer ${sources[0]}`);
    } else {
      next.set(sources[0], layer);
    }
  }
  const ordered: Serialized[] = [];
  for (let at = first; at !== undefined && ordered.length <= next.size; at = next.get(found(at).name)) {
    ordered.push(at);
  }
  if (ordered.length !== config.layers.length)
    throw unsupported(name, 'has layers that do not follow one another');
  const outputs = outputNames((config as { output_layers?: unknown }).output_layers);
  if (outputs.length !== 1 || outputs[0] !== found(ordered[ordered.length - 1]).name) {
    throw unsupported(name, `has the outputs ${outputs.join(', ')}, not just its last layer`);
  }
  return ordered;
}

const call2 = z.tuple([z.string(), z.number(), z.number()], z.unknown());
const call3 = z.looseObject({ args: z.array(z.unknown()), kwargs: object.optional() });
const tensor3 = z.looseObject({
  class_name: z.literal('__keras_tensor__'),
  config: z.looseObject({ keras_history: z.tuple([z.string(), z.number(), z.number()]) }),
});

/** The names of the layers whose output a layer is called on. */
function sourcesOf(model: string, layer: Serialized): string[] {
  const { name } = found(layer);
  const nodes = layer.inbound_nodes ?? [];
  if (nodes.length > 1) throw unsupported(model, `uses layer ${name} ${nodes.length} times`);
  if (nodes.length === 0) return [];
  const [node] = nodes;
  const keras3 = call3.safeParse(node);
  if (keras3.success) {
    const { args, kwargs = {} } = keras3.data;
    checkArguments(model, name, kwargs);
    return args.flat().map((arg) => {
      const tensor = tensor3.safeParse(arg);
      if (!tensor.success) throw unsupported(model, `calls layer ${name} with more than the layer before it`);
      return tensor.data.config.keras_history[0];
    });
  }
  const keras2 = z.array(call2).safeParse(node);
  if (!keras2.success) throw new FormatError('bad-file', `The inputs of layer ${name} cannot be read.`);
  return keras2.data.map(([source, , , kwargs]) => {
    checkArguments(model, name, object.safeParse(kwargs).data ?? {});
    return source;
  });
}

/** A layer that is called with `training=True` acts otherwise than ours; Keras writes `false` and null by itself. */
function checkArguments(model: string, layer: string, kwargs: Record<string, unknown>): void {
  const given = Object.keys(kwargs).filter((key) => (kwargs[key] ?? false) !== false);
  if (given.length > 0) throw unsupported(model, `calls layer ${layer} with ${given.join(', ')}`);
}

function outputNames(data: unknown): string[] {
  const list = Array.isArray(data) && data.every((entry) => Array.isArray(entry)) ? data : [data];
  return list.map((entry) => (Array.isArray(entry) ? String(entry[0]) : 'unknown'));
}

/** Where the shape of the input stands differs from version to version. */
function batchShape(model: Model, [first]: readonly FoundLayer[]): unknown {
  const config = model.config as { build_input_shape?: unknown };
  const build = object.safeParse((model as { build_config?: unknown }).build_config).data ?? {};
  const { batch_shape: own, batch_input_shape: input } = first.config;
  return own ?? input ?? config.build_input_shape ?? build.input_shape;
}

function rowShape(model: string, shape: unknown): number[] {
  // A functional model may have its only shape in a list.
  const nested: unknown = Array.isArray(shape) ? shape[0] : undefined;
  const own: unknown = Array.isArray(nested) ? nested : shape;
  const [batch, ...row] = z.array(z.unknown()).safeParse(own).data ?? [];
  const sizes = z.array(z.int().min(1)).min(1).safeParse(row);
  if (batch !== undefined && sizes.success) return sizes.data;
  // Only a flat list is shown: what is nested without end cannot be turned into text.
  const isList = z.array(z.union([z.number(), z.null()])).safeParse(own).success;
  const shown = isList ? JSON.stringify(own) : own === undefined ? 'none' : 'no list of numbers';
  throw unsupported(model, `has inputs of unknown size (${shown})`);
}

function unsupported(model: string, what: string): FormatError {
  const supported =
    'Supported are layers that follow one another, from one input of fixed shape to one output.';
  return new FormatError('unsupported-model', `Model ${model} ${what}. ${supported}`);
}
