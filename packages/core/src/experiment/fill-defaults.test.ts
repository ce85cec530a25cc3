import { z } from 'zod';
import { definePlugin } from '../plugin.js';
import { fillDefaults } from './fill-defaults.js';
import { parseExperiment } from './parse-experiment.js';
import type { AnyFactory, PluginSets } from './plugin-sets.js';
import type { ExperimentSpec } from './schema.js';

const never = (): never => {
  throw new Error('nothing is created here');
};
const of = (name: string, options: z.ZodType): AnyFactory<never> =>
  definePlugin<never, z.ZodType>({ kind: 'x', name, description: '', options, create: never });

const imdb = z.strictObject({ numWords: z.int().default(10_000), seed: z.int().default(113) }).prefault({});
/** As l1l2: a part that is given switches the other off. */
const l1l2 = z
  .strictObject({ l1: z.number().optional(), l2: z.number().optional() })
  .optional()
  .transform((given) => (given ? { l1: given.l1 ?? 0, l2: given.l2 ?? 0 } : { l1: 0.01, l2: 0.01 }));
/** Works out more than it was given, as early stopping does. */
const stopping = z
  .strictObject({ monitor: z.string().default('val_loss') })
  .prefault({})
  .transform((given) => ({ ...given, direction: 'min' }));

const plugins: PluginSets = {
  datasets: { imdb: of('imdb', imdb) },
  models: { mlp: of('mlp', z.undefined()) },
  optimizers: {
    adam: of('adam', z.strictObject({ learningRate: z.number().default(0.001) }).prefault({})),
    plain: never,
  },
  regularizers: { l1l2: of('l1l2', l1l2) },
  callbacks: { stopping: of('stopping', stopping) },
};

function filled(parts: object): ExperimentSpec {
  const spec = parseExperiment({ name: 'x', dataset: 'imdb', model: 'mlp', arms: { base: null }, ...parts });
  const result = fillDefaults(spec, plugins);
  expect(fillDefaults(parseExperiment(result), plugins)).toEqual(result);
  return result;
}

test('dataset, model and optimizer get their defaults', () => {
  const { dataset, model, training } = filled({ dataset: { name: 'imdb', seed: 0 } });
  expect(dataset).toEqual({ name: 'imdb', numWords: 10_000, seed: 0 });
  expect(model).toEqual({ name: 'mlp' });
  expect(training.optimizer).toEqual({ name: 'adam', learningRate: 0.001 });
});

test('what a schema works out beyond the options is left out', () => {
  expect(filled({ callbacks: { stopping: {} } }).callbacks).toEqual({ stopping: { monitor: 'val_loss' } });
});

test('a plugin without a schema stays as it was written', () => {
  const { training } = filled({ training: { optimizer: { name: 'plain', any: 1 } } });
  expect(training.optimizer).toEqual({ name: 'plain', any: 1 });
});

test('options that stand beside a place keep it', () => {
  expect(filled({ regularizers: { l1l2: { l1: 0.5, at: 'all' } } }).regularizers).toEqual({
    l1l2: { l1: 0.5, l2: 0, at: 'all' },
  });
});

test('nothing is filled in that would change an arm', () => {
  const regularizers = { l1l2: { at: 'all' } };
  expect(filled({ regularizers }).regularizers).toEqual({ l1l2: { l1: 0.01, l2: 0.01, at: 'all' } });
  // In this arm l2 is off, since l1 is given; with both written into the base it would be on.
  const arms = { one: { regularizers: { l1l2: { l1: 0.1 } } } };
  expect(filled({ regularizers, arms }).regularizers).toEqual(regularizers);
});
