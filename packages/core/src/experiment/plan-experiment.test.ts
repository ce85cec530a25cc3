import { z } from 'zod';
import { isWellfitError } from '../errors.js';
import type { Optimizer } from '../contracts/optimizer.js';
import { definePlugin } from '../plugin.js';
import { parseExperiment } from './parse-experiment.js';
import { planExperiment } from './plan-experiment.js';
import type { PluginSets } from './plugin-sets.js';

const never = (): never => {
  throw new Error('planning must not run this');
};

let created: unknown[] = [];
beforeEach(() => {
  created = [];
});

const plugins: PluginSets = {
  datasets: {
    imdb: definePlugin({
      kind: 'dataset',
      name: 'imdb',
      description: '',
      options: z.strictObject({ numWords: z.int().min(1).nullable().optional() }).optional(),
      create: (options) => {
        created.push(['imdb', options]);
        return { name: 'imdb', load: never };
      },
    }),
  },
  models: {
    mlp: definePlugin({
      kind: 'model',
      name: 'mlp',
      description: '',
      options: z.strictObject({ units: z.array(z.int().min(1)) }).optional(),
      create: () => ({ name: 'mlp', build: never }),
    }),
  },
  optimizers: {
    adam: definePlugin({
      kind: 'optimizer',
      name: 'adam',
      description: '',
      options: z.strictObject({ learningRate: z.number().positive() }).optional(),
      create: (options): Optimizer => ({
        name: 'adam',
        learningRate: options?.learningRate ?? 0.001,
        update: never,
        state: () => [],
        restore: never,
        dispose: () => {
          created.push('adam disposed');
        },
      }),
    }),
  },
  regularizers: {
    l2: definePlugin({
      kind: 'regularizer',
      name: 'l2',
      description: '',
      options: z.union([z.number().min(0), z.strictObject({ strength: z.number().min(0) })]).optional(),
      create: (options) => {
        created.push(['l2', options]);
        return { name: 'l2' };
      },
    }),
  },
  callbacks: {
    plain: (options?: { readonly n: number }) => {
      if (options && options.n > 3) throw new Error('n is too large');
      return { name: 'plain' };
    },
  },
};

function plan(parts: object): ReturnType<typeof planExperiment> {
  return planExperiment(
    parseExperiment({ name: 'x', dataset: 'imdb', model: 'mlp', arms: { base: null }, ...parts }),
    plugins,
  );
}

function problems(parts: object): { code: string; problems: unknown } {
  try {
    plan(parts);
  } catch (error) {
    if (isWellfitError(error)) {
      const lines = error.problems.map(({ path, message, suggestion }) => [
        path.join('.'),
        message,
        suggestion,
      ]);
      return { code: error.code, problems: lines };
    }
    throw error;
  }
  throw new Error('there was no problem');
}

test('options reach the factories as written: a number, a map without its place, nothing for true', () => {
  const { arms } = plan({
    arms: {
      number: { regularizers: { l2: 0.5 } },
      map: { regularizers: { l2: { strength: 0.1, at: ['hidden_1'] } } },
      place: { regularizers: { l2: { at: 'all' } } },
      plain: { regularizers: { l2: true } },
    },
  });
  expect(created.filter((entry) => Array.isArray(entry) && entry[0] === 'l2')).toEqual([
    ['l2', 0.5],
    ['l2', { strength: 0.1 }],
    ['l2', undefined],
    ['l2', undefined],
  ]);
  expect(arms.map((arm) => arm.regularizers()[0].at)).toEqual([undefined, ['hidden_1'], 'all', undefined]);
});

test('the plan makes fresh plugins, and arms with the same dataset share a key', () => {
  const { arms, baseline, seeds } = plan({
    seeds: 3,
    dataset: { name: 'imdb', numWords: 10 },
    callbacks: { plain: { n: 1 } },
    arms: { a: null, b: { dataset: { numWords: 10 } }, c: { dataset: { numWords: null } } },
  });
  expect(baseline).toBe('a');
  expect(seeds).toEqual([1, 2, 3]);
  expect(arms[0].optimizer()).not.toBe(arms[0].optimizer());
  expect(arms[0].callbacks()[0]).not.toBe(arms[0].callbacks()[0]);
  expect(arms[0].datasetKey).toBe(arms[1].datasetKey);
  expect(arms[0].datasetKey).not.toBe(arms[2].datasetKey);
  expect(created.filter((entry) => entry === 'adam disposed')).toHaveLength(3);
});

test('the spec of the plan is plain data that gives the same plan again', () => {
  const { spec } = plan({ arms: { a: { regularizers: { l2: 0.1 } } } });
  expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  expect(planExperiment(parseExperiment(spec), plugins).spec).toEqual(spec);
});

test('all problems come at once, each once and where it was written', () => {
  expect(
    problems({
      dataset: 'imbd',
      regularizers: { l2: { strnegth: 1 } },
      arms: {
        a: null,
        b: { regularizers: { l2: { at: 'hiden' }, l3: 1 }, training: { optimizer: 'adma' } },
        c: { regularizers: { l2: -1 } },
      },
    }),
  ).toEqual({
    code: 'unknown-plugin',
    problems: [
      ['dataset.name', 'unknown dataset "imbd"; known: imdb', 'imdb'],
      ['regularizers.l2.strnegth', 'unknown key; known: strength', 'strength'],
      ['arms.b.training.optimizer.name', 'unknown optimizer "adma"; known: adam', 'adam'],
      ['arms.b.regularizers.l2.at', 'must be one of input, hidden, output, all, not "hiden"', 'hidden'],
      ['arms.b.regularizers.l3', 'unknown regularizer "l3"; known: l2', 'l2'],
      ['arms.c.regularizers.l2', 'must be at least 0, not -1', undefined],
    ],
  });
});

test('a value out of range has the full path of the option', () => {
  expect(problems({ arms: { wide: { model: { units: [16, 0] } } } })).toEqual({
    code: 'bad-option',
    problems: [['arms.wide.model.units.1', 'must be at least 1, not 0', undefined]],
  });
});

test('a misspelt option is a bad option, not an unknown plugin', () => {
  expect(problems({ dataset: { name: 'imdb', numWord: 5 } }).code).toBe('bad-option');
});

test('an arm that only moves a regularizer given as a number must repeat the number', () => {
  expect(
    problems({ regularizers: { l2: 0.001 }, arms: { all: { regularizers: { l2: { at: 'all' } } } } }),
  ).toEqual({
    code: 'bad-option',
    problems: [
      [
        'arms.all.regularizers.l2',
        'says only where l2 acts: repeat its options, too (the base has l2: 0.001)',
        undefined,
      ],
    ],
  });
  const { arms } = plan({
    regularizers: { l2: { strength: 0.001 } },
    arms: { all: { regularizers: { l2: { at: 'all' } } } },
  });
  expect(arms[0].regularizers()[0].at).toBe('all');
  expect(created).toContainEqual(['l2', { strength: 0.001 }]);
});

test('a plugin under the wrong heading is told where it belongs', () => {
  expect(problems({ callbacks: { l2: 0.1 } }).problems).toEqual([
    ['callbacks.l2', 'unknown callback "l2" (l2 is a regularizer); known: plain', undefined],
  ]);
});

test.each(['constructor', 'toString', '__proto__'])('inherited properties are no plugins: %s', (name) => {
  const parts = JSON.parse(`{ "dataset": { "name": "${name}" } }`) as object;
  expect(problems(parts).problems).toEqual([
    ['dataset.name', expect.stringContaining('unknown dataset'), undefined],
  ]);
});

test('an error of a plain factory is a problem that names the plugin', () => {
  expect(problems({ callbacks: { plain: { n: 4 } } })).toEqual({
    code: 'bad-option',
    problems: [['callbacks.plain', '[callback plain] n is too large', undefined]],
  });
});
