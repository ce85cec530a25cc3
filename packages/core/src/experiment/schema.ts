import { z } from 'zod';

/** A plugin by name, with its options beside the name: `imdb` or `{ name: imdb, numWords: 1000 }`. */
const pluginUse = z
  .union([z.string().min(1), z.looseObject({ name: z.string().min(1) })])
  .transform((use): PluginUse => (typeof use === 'string' ? { name: use } : use));

/**
 * What an arm changes of a plugin: some of its options, or, by another name, the plugin itself.
 */
const pluginPatch = z
  .union([z.string().min(1), z.looseObject({ name: z.string().min(1).optional() })])
  .transform((use): PluginPatch => (typeof use === 'string' ? { name: use } : use));

/**
 * Plugins by name, with their options: `{ l2: 0.001, dropout: { rate: 0.5, at: hidden } }`. `true` takes the
 * defaults; `false` switches off, in an arm, what the base configuration has.
 */
const pluginMap = z.record(
  z.string().min(1),
  z.union([z.boolean(), z.number(), z.string(), z.looseObject({})]),
);

const training = z.strictObject({
  epochs: z.int().min(1).max(100_000).describe('Epoch limit.'),
  batchSize: z.int().min(1).describe('Rows per training step.'),
  optimizer: pluginUse.describe('Optimizer by name, with its options.'),
  loss: z
    .enum(['auto', 'binary-crossentropy', 'categorical-crossentropy', 'mean-squared-error'])
    .describe('`auto` follows the dataset.'),
  trainEvaluation: z
    .union([z.boolean(), z.int().min(1)])
    .describe(
      'Evaluate the training set in inference mode after each epoch: all rows (true), that many rows, or not (false).',
    ),
  distributions: z
    .boolean()
    .describe('Record how weights and activations are spread before and after training.'),
});

/** An arm's name is also the name of its folder, beside the experiment's own files, on any file system. */
const armName = z
  .string()
  .regex(/^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$/, 'must be letters, digits, and - _ . between them')
  // JavaScript sorts whole-number keys to the front: the arms would lose their order.
  .regex(/^(?!\d+$)/, 'must not be a whole number; write units-16, for instance')
  .regex(/^(?!.*\.(jsonl?|html|svg|png|csv)$)/i, 'must not end like a file')
  .regex(/^(?!(con|prn|aux|nul|com\d|lpt\d)(\.|$))/i, 'must not be the name of a Windows device');

const armPatch = z.strictObject({
  description: z.string().optional(),
  dataset: pluginPatch.optional(),
  model: pluginPatch.optional(),
  training: training.partial().extend({ optimizer: pluginPatch.optional() }).optional(),
  regularizers: pluginMap.optional(),
  callbacks: pluginMap.optional(),
});

/** The experiment file. Defaults are filled in; unknown keys are errors. */
export const experimentSchema = z.strictObject({
  $schema: z.string().optional().describe('Address of this schema, for editors.'),
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case, for instance imdb-capacity')
    .describe('Kebab-case; names the run folder.'),
  description: z.string().optional(),
  plugins: z
    .array(z.string().min(1))
    .default([])
    .describe('Third-party plugins: module paths relative to this file, or package names.'),
  backend: z.enum(['auto', 'wasm', 'native', 'cpu']).default('auto'),
  numerics: z
    .enum(['exact', 'fast'])
    .default('exact')
    .describe(
      '`exact` rounds after every operation: the same bits on every host. `fast` (wasm only) fuses products and sums.',
    ),
  seeds: z
    .union([
      z.int().min(1).max(1000),
      z
        .array(z.int().min(0))
        .min(1)
        .refine((seeds) => new Set(seeds).size === seeds.length, 'must differ from each other'),
    ])
    .default([1])
    .describe('Seeds, or how many: 3 means 1, 2, 3.'),
  dataset: pluginUse,
  model: pluginUse,
  training: training
    .extend({
      epochs: training.shape.epochs.default(20),
      batchSize: training.shape.batchSize.default(32),
      optimizer: training.shape.optimizer.default({ name: 'adam' }),
      loss: training.shape.loss.default('auto'),
      trainEvaluation: training.shape.trainEvaluation.default(true),
      distributions: training.shape.distributions.default(false),
    })
    .prefault({}),
  regularizers: pluginMap.default({}).describe('What acts in every arm.'),
  callbacks: pluginMap.default({}).describe('What steers every arm.'),
  arms: z
    .record(armName, armPatch.nullable())
    .refine((arms) => Object.keys(arms).length > 0, 'needs at least one arm')
    .refine(
      (arms) =>
        new Set(Object.keys(arms).map((name) => name.toLowerCase())).size === Object.keys(arms).length,
      'must have names that differ by more than upper and lower case',
    )
    .describe('Each arm changes the base configuration; an empty arm is the base itself.'),
  baseline: z.string().optional().describe('The arm others are compared with; the first one by default.'),
  reporters: pluginMap.default({}).describe('Reporters besides those that the command line adds.'),
});

/** A plugin by name, with its options beside the name. */
export interface PluginUse {
  readonly name: string;
  readonly [option: string]: unknown;
}

/** What an arm changes of a plugin; without a name, the base configuration's plugin is meant. */
export interface PluginPatch {
  readonly name?: string;
  readonly [option: string]: unknown;
}

/** An experiment as a person writes it. */
export type ExperimentInput = z.input<typeof experimentSchema>;

/** An experiment with all defaults filled in. */
export type ExperimentSpec = z.output<typeof experimentSchema>;
