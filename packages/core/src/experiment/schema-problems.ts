import { z } from 'zod';
import type { Problem } from '../errors.js';
import { shownValue } from './problem-text.js';
import { suggest } from './suggest.js';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map',
  record: 'a map',
  undefined: 'left out',
};

/**
 * What a schema found wrong with an input, in words for the person who wrote the input: one problem for each unknown
 * key, the branch of a union that was meant, the value, and a suggestion for misspelt keys and names.
 */
export function schemaProblems(error: z.ZodError, schema: z.ZodType, input: unknown): Problem[] {
  let known: object | undefined;
  const keysAt = (path: Problem['path']): string[] => {
    known ??= z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    return knownKeys(known, path, valueAt(input, path));
  };
  const problems = error.issues.flatMap(meantBranch).flatMap((issue) => problemsOf(issue, input, keysAt));
  // A misspelt key is missing under its right name, too; to say so would only confuse.
  const misspelt = new Set(
    problems.flatMap(({ path, suggestion, target }) =>
      target === 'key' && suggestion !== undefined
        ? [JSON.stringify([...path.slice(0, -1), suggestion])]
        : [],
    ),
  );
  return problems.filter(({ path, target }) => target === 'key' || !misspelt.has(JSON.stringify(path)));
}

function problemsOf(issue: Issue, input: unknown, keysAt: (path: Problem['path']) => string[]): Problem[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(path);
    const listed = known.length > 0 ? `; known: ${known.join(', ')}` : '';
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `unknown key${listed}`,
      suggestion: suggest(key, known),
      target: 'key',
    }));
  }
  if (issue.code === 'invalid_key') {
    return [{ path, message: issue.issues[0]?.message ?? issue.message, target: 'key' }];
  }
  const value = valueAt(input, path);
  const message = messageOf(issue, value);
  const suggestion = typeof value === 'string' ? suggest(value, optionsOf(issue).map(String)) : undefined;
  return [{ path, message, ...(suggestion !== undefined && { suggestion }) }];
}

function valueAt(input: unknown, path: Problem['path']): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], input);
}

function messageOf(issue: Issue, value: unknown): string {
  // A message that the schema's author wrote says more than one made here from the rule.
  if (!/^(Invalid|Too small|Too big)/.test(issue.message)) {
    return value === undefined ? issue.message : `${issue.message} (it is ${shownValue(value)})`;
  }
  const wanted = wantedBy(issue);
  if (wanted === undefined) return issue.message;
  return value === undefined
    ? `is missing: it must be ${wanted}`
    : `must be ${wanted}, not ${shownValue(value)}`;
}

/** The values that an issue says are possible: of an enumeration, or of the key that tells the branches of a union apart. */
function optionsOf(issue: Issue): readonly unknown[] {
  if (issue.code === 'invalid_value') return issue.values;
  return issue.code === 'invalid_union' && 'options' in issue ? (issue.options ?? []) : [];
}

function wantedBy(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? issue.expected;
  const options = optionsOf(issue);
  if (options.length > 0) {
    return options.length === 1 ? shownValue(options[0]) : `one of ${options.map(String).join(', ')}`;
  }
  if (issue.code === 'invalid_union') {
    const kinds = new Set(issue.errors.flat().flatMap((inner) => wantedBy(inner) ?? []));
    return kinds.size > 0 ? [...kinds].join(' or ') : undefined;
  }
  if (issue.code === 'too_small') {
    return limit(issue.origin, issue.inclusive === false ? 'more than' : 'at least', Number(issue.minimum));
  }
  if (issue.code === 'too_big') {
    return limit(issue.origin, issue.inclusive === false ? 'less than' : 'at most', Number(issue.maximum));
  }
  return undefined;
}

function limit(origin: string, comparison: string, bound: number): string {
  if (origin === 'string') return `text of ${comparison} ${bound} character${bound === 1 ? '' : 's'}`;
  if (origin === 'array') return `a list of ${comparison} ${bound} ${bound === 1 ? 'entry' : 'entries'}`;
  return `${comparison} ${bound}`;
}

/** Replaces a failed union by the failures of the branch that has the input's type, where there is one. */
function meantBranch(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const branches = issue.errors.map((issues) =>
    issues.flatMap(meantBranch).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const meant = branches.filter(
    (issues) =>
      !issues.some(
        ({ code, path }) =>
          path.length === issue.path.length && (code === 'invalid_type' || code === 'invalid_union'),
      ),
  );
  return meant.sort((a, b) => a.length - b.length)[0] ?? [issue];
}

interface JsonSchemaNode {
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchemaNode>>;
  readonly additionalProperties?: JsonSchemaNode | boolean;
  readonly items?: JsonSchemaNode;
  readonly anyOf?: readonly JsonSchemaNode[];
  readonly oneOf?: readonly JsonSchemaNode[];
  readonly allOf?: readonly JsonSchemaNode[];
}

/** @param value What stands at the path. */
function knownKeys(schema: JsonSchemaNode, path: Problem['path'], value: unknown): string[] {
  let nodes = branchesOf(schema);
  for (const key of path) {
    nodes = nodes
      .map((node) =>
        typeof key === 'number' ? node.items : (node.properties?.[key] ?? node.additionalProperties),
      )
      .flatMap((node) => (typeof node === 'object' ? branchesOf(node) : []));
  }
  const meant = nodes.filter((node) => isMeant(node, value));
  return [...new Set(meant.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

/** Whether a map may be of this kind: not one whose name, for instance, is that of another branch. */
function isMeant({ properties = {} }: JsonSchemaNode, value: unknown): boolean {
  const given = value as Readonly<Record<string, unknown>>;
  return Object.entries(properties).every(
    ([key, { const: only }]) => typeof only !== 'string' || given[key] === undefined || given[key] === only,
  );
}

function branchesOf(node: JsonSchemaNode): JsonSchemaNode[] {
  const { anyOf = [], oneOf = [], allOf = [] } = node;
  return [node, ...[...anyOf, ...oneOf, ...allOf].flatMap(branchesOf)];
}
