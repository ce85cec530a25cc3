import { parseExperimentText } from './experiment-document.js';

const parse = (text: string, format: 'yaml' | 'json' = 'yaml'): ReturnType<typeof parseExperimentText> =>
  parseExperimentText(text, format, 'x.yaml');

const TEXT = `# a comment
name: x
dataset: imdb
arms:
  base:
  l2:
    regularizers: { l2: -1, typo: 2 }
    model:
      units:
        - 16
        - 0
`;

test.each([
  ['a value', ['arms', 'l2', 'regularizers', 'l2'], undefined, 7, 25],
  ['a wrong key', ['arms', 'l2', 'regularizers', 'typo'], 'key' as const, 7, 29],
  ['an entry of a list', ['arms', 'l2', 'model', 'units', 1], undefined, 11, 11],
  ['a key that is missing: what should hold it', ['arms', 'l2', 'model', 'name'], undefined, 9, 7],
  ['an empty value: its key', ['arms', 'base', 'x'], undefined, 5, 3],
  ['below a plain name', ['dataset', 'name'], undefined, 3, 10],
  ['the whole file', [], undefined, 2, 1],
])('%s is found', (_, path, target, line, column) => {
  expect(parse(TEXT).locate({ path, ...(target && { target }) })).toEqual({ line, column });
});

test('places are those of the text for JSON and for aliases too', () => {
  const json = parse('{\n  "arms": {\n    "a": { "units": [1, 0] }\n  }\n}', 'json');
  expect(json.locate({ path: ['arms', 'a', 'units', 1] })).toEqual({ line: 3, column: 25 });
  const alias = parse('a: &a\n  b: 1\nc: *a\n');
  expect(alias.data).toEqual({ a: { b: 1 }, c: { b: 1 } });
  expect(alias.locate({ path: ['c', 'b'] })).toEqual({ line: 2, column: 6 });
});

test('has tells what is written', () => {
  expect(parse(TEXT).has(['arms', 'l2'])).toBe(true);
  expect(parse(TEXT).has(['traning'])).toBe(false);
});

test.each([
  ['a key that is there twice', 'name: a\ndataset: b\nname: c\n', /x\.yaml:3:1 this key is there twice/],
  ['a tab as indentation', 'arms:\n\tbase:\n', /x\.yaml:2:1 .*tab/i],
  ['a bracket that is not closed', 'seeds: [1, 2\n', /x\.yaml:\d+:\d+ /],
  ['a tag that would make more than plain data', 'name: !!js/function "() => 1"\n', /x\.yaml:1:7 /],
  ['two documents', 'name: a\n---\nname: b\n', /x\.yaml:\d:\d /],
  ['a map as a key', '? {a: 1}\n: b\n', /x\.yaml:1:\d /],
  ['nothing', '# only a comment\n', /x\.yaml is empty/],
])('%s is an error with its place', (_, text, message) => {
  expect(() => parse(text)).toThrow(message);
});

test('all syntax errors come at once', () => {
  expect(() => parse('a: 1\na: 2\nb: 1\nb: 2\n')).toThrow(/x\.yaml:2:1 [^\n]*\nx\.yaml:4:1 /);
});

test('aliases that multiply are refused before they fill the memory', () => {
  const levels = Array.from(
    { length: 20 },
    (_, i) => `l${i + 1}: &l${i + 1} [${'*l' + i + ', '}*l${i}, *l${i}]`,
  );
  expect(() => parse(['l0: &l0 [x, x]', ...levels].join('\n'))).toThrow(/too many aliases/);
});

test.each([
  ['a map', 'name: x\ndataset: &d { name: imdb, x: *d }\n', 'x.yaml:2:30 the alias *d stands within'],
  ['a list, by way of another alias', 'a: &a\n  - b: &b [1]\n  - c: [*b, *a]\n', 'x.yaml:3:13 the alias *a'],
])('an alias of %s that it stands in is an error at its place', (_, text, message) => {
  expect(() => parse(text)).toThrow(message);
});

test('an alias of what stands before it is fine', () => {
  expect(parse('a: &a { x: &x [1] }\nb: { a: *a, x: *x }\n').data).toMatchObject({
    b: { a: { x: [1] }, x: [1] },
  });
});

test.each([
  ['some', 300, /^x\.yaml:1:\d+ this is nested too deeply for an experiment$/],
  ['much', 2_000, /^x\.yaml is nested too deeply to be an experiment\.$/],
  ['endless', 100_000, /^x\.yaml is nested too deeply to be an experiment\.$/],
])('%s nesting is refused, once and in plain words', (_, depth, message) => {
  const refusal = (text: string): unknown => {
    try {
      return parse(text);
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(refusal('{a: '.repeat(depth) + '1' + '}'.repeat(depth))).toMatch(message);
  expect(refusal('['.repeat(depth) + ']'.repeat(depth))).toMatch(message);
});

test('a __proto__ key stays a plain key of its own', () => {
  const { data } = parse('__proto__: { polluted: 1 }\n');
  expect(Object.keys(data as object)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test.each([
  ['a comma too many', '{\n  "name": "a",\n}', 3, 1, /Expected double-quoted property name/],
  ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 3, 3, /Expected ',' or '}'/],
  ['an end that is missing', '{ "a": 1,', 1, 10, /ends too early/],
  ['a text that does not end', '{ "a": "b', 1, 10, /ends too early/],
  ['a word that is none', '{ "a": tru, "b": 1 }', 1, 11, /Unexpected token ','/],
  ['single quotes', '{\n  "a": \'b\'\n}', 2, 8, /Unexpected token '''/],
  ['something after the end', '{}\n{}', 2, 1, /Unexpected/],
  ['a comment', '// hi\n{}', 1, 1, /Unexpected token/],
  ['a key that is there twice', '{ "a": 1,\n  "a": 2 }', 2, 3, /there twice/],
])('JSON with %s', (_, text, line, column, message) => {
  expect(() => parse(text, 'json')).toThrow(message);
  expect(() => parse(text, 'json')).toThrow(`x.yaml:${line}:${column} `);
});

test('JSON with tabs is fine, and numbers and texts are those of JSON', () => {
  const text = '{\n\t"a": 1e-3,\n\t"b": "\\u00e4 \\/ \\ud83d\\ude00"\n}';
  expect(parse(text, 'json').data).toEqual({ a: 0.001, b: 'ä / 😀' });
});
