import { z } from 'zod';
import type { AnyFactory, PluginSet, PluginSets } from './plugin-sets.js';
import { experimentSchema } from './schema.js';

/** A JSON Schema, as far as it is put together here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
}

/**
 * The JSON Schema (draft 7) of experiment files, for editors: with the given plugins' names and options to complete.
 * Other plugins stay allowed, since a file may load its own.
 *
 * @example
 * // first line of an experiment file, after `wellfit schema > experiment.schema.json`:
 * // # yaml-language-server: $schema=./experiment.schema.json
 */
export function experimentJsonSchema(plugins: PluginSets): JsonSchema {
  const schema = z.toJSONSchema(experimentSchema, { io: 'input', target: 'draft-7' }) as JsonSchema;
  const properties = schema.properties ?? {};
  const arm = properties.arms.additionalProperties as JsonSchema;
  return {
    ...schema,
    title: 'wellfit experiment',
    definitions: {
      dataset: pluginUse(plugins.datasets, true),
      datasetPatch: pluginUse(plugins.datasets, false),
      model: pluginUse(plugins.models, true),
      modelPatch: pluginUse(plugins.models, false),
      optimizer: pluginUse(plugins.optimizers, true),
      optimizerPatch: pluginUse(plugins.optimizers, false),
      regularizers: pluginMap(plugins.regularizers, withPlace),
      callbacks: pluginMap(plugins.callbacks, (options) => options),
    },
    properties: {
      ...withPlugins(properties, ''),
      arms: {
        ...properties.arms,
        additionalProperties: changeObjects(arm, (patch) => withPlugins(patch, 'Patch')),
      },
    },
  };
}

type Properties = Readonly<Record<string, JsonSchema>>;

/** Points the places where plugins are named to the definitions. */
function withPlugins(properties: Properties, suffix: '' | 'Patch'): Properties {
  const refer = (name: string, { description }: JsonSchema): JsonSchema => ({
    ...(description !== undefined && { description }),
    // Draft 7 ignores what stands beside a $ref, so the description needs it wrapped.
    allOf: [{ $ref: `#/definitions/${name}` }],
  });
  const { dataset, model, training, regularizers, callbacks } = properties;
  return {
    ...properties,
    dataset: refer(`dataset${suffix}`, dataset),
    model: refer(`model${suffix}`, model),
    training: changeObjects(training, (inner) => ({
      ...inner,
      optimizer: refer(`optimizer${suffix}`, inner.optimizer),
    })),
    regularizers: refer('regularizers', regularizers),
    callbacks: refer('callbacks', callbacks),
  };
}

/** Changes the properties of a schema, or of those branches of it that have some. */
function changeObjects(schema: JsonSchema, change: (properties: Properties) => Properties): JsonSchema {
  if (schema.anyOf) return { ...schema, anyOf: schema.anyOf.map((branch) => changeObjects(branch, change)) };
  return schema.properties ? { ...schema, properties: change(schema.properties) } : schema;
}

/** A plugin by name, or as a map of its name and options. */
function pluginUse(plugins: PluginSet<unknown>, nameRequired: boolean): JsonSchema {
  const names = Object.keys(plugins);
  const required = nameRequired ? { required: ['name'] } : {};
  const maps = Object.entries(plugins).flatMap(([name, factory]) => {
    const objects = optionBranches(factory).filter(({ properties }) => properties);
    return (objects.length > 0 ? objects : [{ type: 'object', additionalProperties: false }]).map(
      (object) => ({
        ...object,
        ...description(factory),
        properties: { name: { const: name }, ...object.properties },
        required: [...(nameRequired ? ['name'] : []), ...(nameRequired ? requiredKeys(object) : [])],
      }),
    );
  });
  const other = {
    type: 'object',
    properties: { name: { type: 'string', not: { enum: names } } },
    ...required,
  };
  return { anyOf: [{ enum: names }, { type: 'string' }, ...maps, other] };
}

/** Plugins by name, each with what it takes. */
function pluginMap(plugins: PluginSet<unknown>, change: (options: JsonSchema) => JsonSchema): JsonSchema {
  const properties = Object.entries(plugins).map(([name, factory]): [string, JsonSchema] => [
    name,
    {
      ...description(factory),
      anyOf: [{ type: 'boolean' }, ...withObject(optionBranches(factory)).map(change)],
    },
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: { type: ['boolean', 'number', 'string', 'object'] },
  };
}

const PLACE: JsonSchema = {
  description: 'Where it acts: a role, `all`, or layers by name; the hidden layers by default.',
  anyOf: [
    { enum: ['input', 'hidden', 'output', 'all'] },
    { type: 'array', items: { type: 'string' }, minItems: 1 },
  ],
};

/** Adds `at`, which regularizers take beside their own options. */
function withPlace(options: JsonSchema): JsonSchema {
  return options.type === 'object'
    ? { ...options, properties: { ...options.properties, at: PLACE } }
    : options;
}

/** Every plugin of a map may be given an empty map, which for a regularizer can then hold `at`. */
function withObject(branches: readonly JsonSchema[]): readonly JsonSchema[] {
  return branches.some(({ type }) => type === 'object')
    ? branches
    : [...branches, { type: 'object', additionalProperties: false }];
}

/** The kinds of options that a plugin takes; any map where it does not say. */
function optionBranches({ plugin }: AnyFactory<unknown>): readonly JsonSchema[] {
  if (!plugin?.options) return [{ type: 'object' }];
  const { ...schema }: JsonSchema & { $schema?: unknown } = z.toJSONSchema(plugin.options, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
  }) as JsonSchema;
  // Only the whole document says its dialect.
  delete schema.$schema;
  return (schema.anyOf ?? [schema]).filter(
    (branch) => typeof branch.type === 'string' || 'enum' in branch || 'const' in branch,
  );
}

function requiredKeys(schema: JsonSchema): readonly string[] {
  return Array.isArray(schema.required) ? schema.required.map(String) : [];
}

function description({ plugin }: AnyFactory<unknown>): { readonly description?: string } {
  return plugin?.description ? { description: plugin.description } : {};
}
