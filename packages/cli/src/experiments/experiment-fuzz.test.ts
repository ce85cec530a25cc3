/** Whatever a file holds: it is parsed, or refused by an error of ours; and no other object is changed by it. */
import { isWellfitError, parseExperiment } from '@wellfit/core';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { TINY } from '../test-support/command.js';
import { parseExperimentText } from './experiment-document.js';

function survives(body: () => unknown): void {
  try {
    body();
  } catch (error) {
    if (!isWellfitError(error)) throw error;
  }
}

const isClean = () => {
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.prototype).not.toHaveProperty('polluted');
};

const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', '<<', '', '0'),
  fc.constantFrom(
    'name',
    'dataset',
    'model',
    'training',
    'seeds',
    'arms',
    'baseline',
    'regularizers',
    'plugins',
  ),
  fc.string({ maxLength: 5 }),
);
const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('tree'), { maxLength: 4 }),
    mapOf(tie('tree')),
  ),
  leaf: fc.oneof(
    fc.jsonValue(),
    fc.double(),
    fc.constantFrom(undefined, Symbol('x'), () => 1, new Date(NaN), 'imdb', 'mlp'),
  ),
}));

function mapOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.array(fc.tuple(key, value), { maxLength: 5 }).map((entries) => {
    const map = {};
    for (const [name, inner] of entries)
      Object.defineProperty(map, name, {
        value: inner,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    return map;
  });
}

test('any value as an experiment', () => {
  fc.assert(
    fc.property(tree, (value) => {
      survives(() => parseExperiment(value));
      isClean();
    }),
    { numRuns: 1000 },
  );
});

const base = { name: 'tiny', dataset: 'imdb', model: 'mlp', arms: { base: null } };

test('an experiment with any value at one key, and one key more', () => {
  fc.assert(
    fc.property(key, tree, (name, value) => {
      const input = Object.defineProperty({ ...base }, name, { value, enumerable: true });
      survives(() => parseExperiment(input));
      isClean();
    }),
    { numRuns: 1000 },
  );
});

/** Pieces that mean something in YAML. */
const piece = fc.constantFrom(
  ...[
    '&a ',
    '*a',
    '<<: *a',
    '!!js/function ',
    '!<x> ',
    '%YAML 9.9',
    '---',
    '...',
    '? ',
    ': ',
    '- ',
    '|',
    '>',
    '{',
    '}',
    '[',
  ],
  ...[
    ']',
    ',',
    '#',
    '"',
    "'",
    '\\',
    '\n',
    '  ',
    '\t',
    '__proto__: {polluted: true}',
    '\u0000',
    '\ufeff',
    '1e999',
    '0x1',
  ],
  ...['name: tiny', 'arms:', 'base:', 'null', '~', 'seeds: 1000000000000'],
);
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
  // The small experiment with a piece put in somewhere, or cut short.
  fc.tuple(fc.nat(TINY.length), piece).map(([at, inner]) => TINY.slice(0, at) + inner + TINY.slice(at)),
  fc.nat(TINY.length).map((end) => TINY.slice(0, end)),
  fc.jsonValue().map((value) => stringify(value)),
);

test.each(['yaml', 'json'] as const)(
  'any %s text',
  (format) => {
    fc.assert(
      fc.property(texts, (text) => {
        survives(() => {
          const document = parseExperimentText(text, format, 'x');
          document.locate({ path: ['arms', 'base', 0] });
          parseExperiment(document.data);
        });
        isClean();
      }),
      { numRuns: 1500 },
    );
  },
  60_000,
);

test('the small experiment itself is one', () => {
  expect(parseExperiment(parseExperimentText(TINY, 'yaml', 'x').data).name).toBe('tiny');
});
