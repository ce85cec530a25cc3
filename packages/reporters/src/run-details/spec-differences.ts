import type { Json } from '@wellfit/core';
import { flattenJson } from './flatten-json.js';

/** A value that is not the same everywhere. */
export interface SpecDifference {
  /** Keys that lead to it, joined by dots: `model.units`. */
  readonly path: string;
  /** One for each of those that were compared; undefined where it is absent. */
  readonly values: readonly (Json | undefined)[];
}

/**
 * What is not the same in some plain data, value by value, in the order of the first; an empty map counts as absent. The
 * order of keys does not matter.
 */
export function specDifferences(all: readonly Json[]): SpecDifference[] {
  const flat = all.map(
    (data) =>
      new Map(
        flattenJson(data)
          .filter(({ value }) => JSON.stringify(value) !== '{}')
          .map(({ path, value }) => [path, value] as const),
      ),
  );
  const paths = new Set(flat.flatMap((values) => [...values.keys()]));
  return [...paths]
    .map((path) => ({ path, values: flat.map((values) => values.get(path)) }))
    .filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1);
}
