import { z } from 'zod';
import { schemaProblems } from './schema-problems.js';

const schema = z.strictObject({
  strength: z.union([z.number().min(0), z.strictObject({ l1: z.number(), l2: z.number() })]).optional(),
  mode: z.enum(['min', 'max']).optional(),
  patience: z.int().min(1).optional(),
  list: z.array(z.string().min(1)).min(1).optional(),
  even: z
    .number()
    .refine((n) => n % 2 === 0, 'must be even')
    .optional(),
  start: z
    .discriminatedUnion('name', [
      z.strictObject({ name: z.literal('normal'), stddev: z.number().optional() }),
      z.strictObject({ name: z.literal('constant'), value: z.number().optional() }),
    ])
    .optional(),
  map: z.record(z.string().regex(/^[a-z]+$/, 'must be lower case'), z.number()).optional(),
});

function problems(input: unknown): unknown {
  const { error } = schema.safeParse(input);
  return (
    error &&
    schemaProblems(error, schema, input).map(({ path, ...rest }) => ({ at: path.join('.'), ...rest }))
  );
}

test('every unknown key is a problem of its own, at the key, with what is known and what was meant', () => {
  expect(problems({ strenght: 1, foo: 2 })).toEqual([
    {
      at: 'strenght',
      message: 'unknown key; known: strength, mode, patience, list, even, start, map',
      suggestion: 'strength',
      target: 'key',
    },
    expect.objectContaining({ at: 'foo', suggestion: undefined }),
  ]);
});

test.each([
  ['the type', { patience: 'x' }, 'patience', 'must be a number, not "x"'],
  ['a fraction', { patience: 1.5 }, 'patience', 'must be a whole number, not 1.5'],
  ['a number out of range', { patience: 0 }, 'patience', 'must be at least 1, not 0'],
  ['an empty list', { list: [] }, 'list', 'must be a list of at least 1 entry, not an empty list'],
  ['empty text in a list', { list: ['a', ''] }, 'list.1', 'must be text of at least 1 character, not ""'],
  ['a rule in words', { even: 3 }, 'even', 'must be even (it is 3)'],
  ['a key that breaks its rule', { map: { 'A B': 1 } }, 'map.A B', 'must be lower case'],
])('%s', (_, input, at, message) => {
  expect(problems(input)).toEqual([expect.objectContaining({ at, message })]);
});

test('a value of no branch of a union lists the kinds that are allowed', () => {
  expect(problems({ strength: 'big' })).toEqual([
    { at: 'strength', message: 'must be a number or a map, not "big"' },
  ]);
});

test('of a union only the branch that was meant is reported', () => {
  expect(problems({ strength: -1 })).toEqual([{ at: 'strength', message: 'must be at least 0, not -1' }]);
  expect(problems({ strength: { l1: 1 } })).toEqual([
    { at: 'strength.l2', message: 'is missing: it must be a number' },
  ]);
});

test('keys within a union find their suggestion too', () => {
  expect(problems({ strength: { l1: 1, l2: 1, l3: 1 } })).toEqual([
    { at: 'strength.l3', message: 'unknown key; known: l1, l2', suggestion: 'l1', target: 'key' },
  ]);
});

test('of maps told apart by their name, only the one that is named counts', () => {
  expect(problems({ start: { name: 'constant', vlaue: 1 } })).toEqual([
    { at: 'start.vlaue', message: 'unknown key; known: name, value', suggestion: 'value', target: 'key' },
  ]);
  expect(problems({ start: { name: 'nromal' } })).toEqual([
    {
      at: 'start.name',
      message: 'must be one of normal, constant, not "nromal"',
      suggestion: 'normal',
    },
  ]);
});

test('a misspelt choice suggests the right one', () => {
  expect(problems({ mode: 'mni' })).toEqual([
    { at: 'mode', message: 'must be one of min, max, not "mni"', suggestion: 'min' },
  ]);
});

test('what is no map at all is said so', () => {
  expect(problems(null)).toEqual([{ at: '', message: 'must be a map, not null' }]);
  expect(problems([1])).toEqual([{ at: '', message: 'must be a map, not [1]' }]);
});

test('a key that is missing because it is misspelt is reported once', () => {
  expect(problems({ strength: { l1: 1, L2: 1 } })).toEqual([
    { at: 'strength.L2', message: 'unknown key; known: l1, l2', suggestion: 'l2', target: 'key' },
  ]);
});
