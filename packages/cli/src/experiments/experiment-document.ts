import type { Problem } from '@wellfit/core';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type ParsedNode,
  type YAMLError,
} from 'yaml';
import { CliError } from '../errors.js';
import { jsonSyntaxError } from './json-syntax-error.js';

/** No experiment comes near, and no walk over its data is endangered. */
const DEEPEST = 200;

/** A place in a text, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A parsed experiment file that remembers where everything was written. */
export interface ExperimentDocument {
  readonly data: unknown;
  /** Whether something is written at a path. */
  has(path: Problem['path']): boolean;
  /** Where a problem lies: at a wrong key itself, else at the value; for what is missing, at what should hold it. */
  locate(problem: Pick<Problem, 'path' | 'target'>): Place;
}

/**
 * Parses a YAML or JSON text to plain data.
 *
 * @throws CliError `bad-experiment` with all syntax errors and their places. Aliases that multiply without end, tags
 *   that would make more than plain data, and duplicate keys are errors too.
 */
export function parseExperimentText(
  text: string,
  format: 'yaml' | 'json',
  label: string,
): ExperimentDocument {
  if (format === 'json') {
    const error = jsonSyntaxError(text);
    if (error) throw syntaxErrors([{ ...error, label }]);
  }
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    const errors = [...document.errors, ...document.warnings].filter((error) => matters(error, format));
    if (errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) throw tooDeep(label);
    if (errors.length > 0) {
      throw syntaxErrors(
        errors.map(({ message, pos }) => ({ label, message: plainMessage(message), place: placeOf(pos[0]) })),
      );
    }
    const nesting = nestingProblem(document);
    if (nesting) {
      throw syntaxErrors([{ label, message: nesting.message, place: placeOf(startOf(nesting.node)) }]);
    }
    const data: unknown = document.toJS({ maxAliasCount: 100 });
    if (data === null || data === undefined) {
      throw new CliError('bad-experiment', `${label} is empty: it must hold an experiment.`);
    }
    return {
      data,
      has: (path) => document.hasIn(path),
      locate: ({ path, target }) => placeOf(offsetOf(document, path, target)),
    };
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(label, error);
    if (error instanceof ReferenceError) {
      throw new CliError('bad-experiment', `${label} has too many aliases: ${error.message}.`, {
        cause: error,
      });
    }
    throw error;
  }
}

interface SyntaxProblem {
  readonly label: string;
  readonly place: Place;
  readonly message: string;
}

function syntaxErrors(problems: readonly SyntaxProblem[]): CliError {
  const lines = problems.map(
    ({ label, place, message }) => `${label}:${place.line}:${place.column} ${message}`,
  );
  return new CliError('bad-experiment', lines.join('\n'));
}

function tooDeep(label: string, cause?: unknown): CliError {
  return new CliError('bad-experiment', `${label} is nested too deeply to be an experiment.`, { cause });
}

/** An alias of what it stands in would make data without end, and so would deep nesting exhaust whoever walks it. */
function nestingProblem(document: Document): { readonly node: Node; readonly message: string } | undefined {
  let found: ReturnType<typeof nestingProblem>;
  visit(document, {
    Node: (_, node, path) => {
      // Maps count twice: each has a pair on the way to a value.
      if (path.length > DEEPEST) found = { node, message: 'this is nested too deeply for an experiment' };
      else if (
        isAlias(node) &&
        path.some((above) => isNamed(above, node.source) && above === node.resolve(document))
      ) {
        found = { node, message: `the alias *${node.source} stands within what it stands for` };
      }
      return found && visit.BREAK;
    },
  });
  return found;
}

function isNamed(node: unknown, anchor: string): boolean {
  return (node as { readonly anchor?: string }).anchor === anchor;
}

/** JSON has been parsed as such: of what YAML says of it only duplicate keys are news. */
function matters({ code }: YAMLError, format: 'yaml' | 'json'): boolean {
  return format === 'yaml' || code === 'DUPLICATE_KEY';
}

function plainMessage(message: string): string {
  return message === 'Map keys must be unique' ? 'this key is there twice' : message;
}

function offsetOf(document: Document.Parsed, path: Problem['path'], target: Problem['target']): number {
  let node: Node | null | undefined = document.contents;
  let offset = startOf(node);
  for (const [i, key] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap<ParsedNode>(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (!pair) return offset;
      if (target === 'key' && i === path.length - 1) return startOf(pair.key);
      node = pair.value as ParsedNode | null;
      // An empty value has no text of its own: its key shows where it belongs.
      offset = node && node.range && node.range[0] !== node.range[1] ? startOf(node) : startOf(pair.key);
    } else if (isSeq<ParsedNode>(node)) {
      node = node.items[Number(key)];
      if (!node) return offset;
      offset = startOf(node);
    } else {
      return offset;
    }
  }
  return offset;
}

function startOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}
