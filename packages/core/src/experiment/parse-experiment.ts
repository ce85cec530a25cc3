import { CoreError, type Problem } from '../errors.js';
import { problemList } from './problem-text.js';
import { experimentSchema, type ExperimentSpec } from './schema.js';
import { schemaProblems } from './schema-problems.js';
import { suggest } from './suggest.js';

/** Names with a meaning of their own on JavaScript objects: never keys of an experiment. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Checks an experiment as a person wrote it, and fills in the defaults. Plugins are not looked up yet, see
 * `planExperiment`.
 *
 * @throws CoreError `bad-experiment` with all problems at once.
 * @example
 * const spec = parseExperiment({ name: 'tiny', dataset: 'imdb', model: 'mlp', arms: { base: null } });
 */
export function parseExperiment(input: unknown): ExperimentSpec {
  const strange = notPlain(input, []);
  if (strange.length > 0) throw badExperiment(strange);
  const result = experimentSchema.safeParse(input);
  if (!result.success) throw badExperiment(schemaProblems(result.error, experimentSchema, input));
  const { arms, baseline } = result.data;
  if (baseline !== undefined && !Object.hasOwn(arms, baseline)) {
    const names = Object.keys(arms);
    throw badExperiment([
      {
        path: ['baseline'],
        message: `there is no arm ${baseline}; arms: ${names.join(', ')}`,
        suggestion: suggest(baseline, names),
      },
    ]);
  }
  return result.data;
}

function badExperiment(problems: readonly Problem[]): CoreError {
  return new CoreError('bad-experiment', `The experiment is not valid:\n${problemList(problems)}`, {
    problems,
  });
}

/** What no file could hold, and what could do harm. */
function notPlain(value: unknown, path: Problem['path'], around: readonly object[] = []): Problem[] {
  if (typeof value === 'bigint') return [{ path, message: `${value}n is a BigInt: write a plain number` }];
  if (typeof value !== 'object' || value === null) return [];
  if (around.includes(value)) return [{ path, message: 'this contains itself: write plain data' }];
  return Object.entries(value).flatMap(([key, inner]): Problem[] => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (FORBIDDEN.has(key)) return [{ path: here, message: 'this key is not allowed', target: 'key' }];
    return notPlain(inner, here, [...around, value]);
  });
}
