import { z } from 'zod';
import { definePlugin } from '../plugin.js';
import { experimentJsonSchema } from './experiment-json-schema.js';
import type { PluginSets } from './plugin-sets.js';

const l2 = definePlugin({
  kind: 'regularizer',
  name: 'l2',
  description: 'Squares.',
  options: z
    .union([z.number().min(0), z.strictObject({ strength: z.number().describe('How strong.') })])
    .optional(),
  create: () => ({ name: 'l2' }),
});
const imdb = definePlugin({
  kind: 'dataset',
  name: 'imdb',
  description: 'Reviews.',
  options: z.strictObject({ numWords: z.int().min(1).default(10) }).optional(),
  create: () => ({ name: 'imdb', load: () => Promise.reject(new Error('not here')) }),
});
const plugins: PluginSets = {
  datasets: { imdb },
  models: {},
  optimizers: {},
  regularizers: { l2 },
  callbacks: {},
};

const schema = experimentJsonSchema(plugins);
const definitions = schema.definitions as Record<
  string,
  { anyOf: object[]; properties: Record<string, object> }
>;

test('it is draft 7, plain data, and keeps what the zod schema says', () => {
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  expect(schema).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    additionalProperties: false,
    required: ['name', 'dataset', 'model', 'arms'],
    properties: { name: { type: 'string', pattern: expect.any(String) as string } },
  });
});

test('a dataset is completed by name and by option, and another one stays allowed', () => {
  expect(schema.properties?.dataset).toMatchObject({ allOf: [{ $ref: '#/definitions/dataset' }] });
  expect(definitions.dataset.anyOf).toEqual([
    { enum: ['imdb'] },
    { type: 'string' },
    expect.objectContaining({
      description: 'Reviews.',
      additionalProperties: false,
      required: ['name'],
      properties: {
        name: { const: 'imdb' },
        numWords: expect.objectContaining({ type: 'integer', minimum: 1, default: 10 }) as object,
      },
    }),
    { type: 'object', properties: { name: { type: 'string', not: { enum: ['imdb'] } } }, required: ['name'] },
  ]);
});

test('a regularizer takes what its options say, true and false, and a place', () => {
  expect(definitions.regularizers.properties.l2).toEqual({
    description: 'Squares.',
    anyOf: [
      { type: 'boolean' },
      expect.objectContaining({ type: 'number', minimum: 0 }),
      expect.objectContaining({
        required: ['strength'],
        properties: {
          strength: expect.objectContaining({ description: 'How strong.' }) as object,
          at: expect.objectContaining({ anyOf: expect.any(Array) as object[] }) as object,
        },
      }),
    ],
  });
});

test('arms may change an option without naming the plugin', () => {
  const arms = schema.properties?.arms as { additionalProperties: { anyOf: { properties?: object }[] } };
  const patch = arms.additionalProperties.anyOf.find(({ properties }) => properties);
  expect(patch?.properties).toMatchObject({
    dataset: { allOf: [{ $ref: '#/definitions/datasetPatch' }] },
    training: { properties: { optimizer: { allOf: [{ $ref: '#/definitions/optimizerPatch' }] } } },
  });
  expect(definitions.datasetPatch.anyOf[2]).toMatchObject({ required: [] });
});
