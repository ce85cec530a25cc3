import type { Json } from '@wellfit/core';
import { flattenJson, leafText } from './flatten-json.js';

/** What a specification says, for {@link specEntries}. */
type Entry = readonly [label: string, text: string];

/** The parts of the base configuration, in the order in which they are told. */
const PARTS = ['dataset', 'model', 'training', 'regularizers', 'callbacks'];

/**
 * A resolved specification in a few lines: each part of the base configuration, then what each arm changes of it. Whatever
 * is no specification of wellfit gives no lines.
 */
export function specEntries(spec: Json): Entry[] {
  const parts = PARTS.flatMap((part): Entry[] => {
    const text = brief(memberOf(spec, part));
    return text === '' ? [] : [[part, text]];
  });
  const { arms } = asMap(spec);
  const changes = Object.entries(asMap(arms)).map(([arm, patch]): Entry => [
    `arm ${arm}`,
    brief(patch) || 'the base configuration',
  ]);
  return [...parts, ...changes];
}

/** `imdb, numWords 1000`: the name first, without its key. */
function brief(part: Json | undefined): string {
  if (part === undefined || part === null) return '';
  const leaves = flattenJson(part);
  return leaves
    .filter(({ path, value }) => path !== '' || leafText(value) !== '{}')
    .map(({ path, value }) => (path === 'name' ? leafText(value) : `${path} ${leafText(value)}`.trim()))
    .join(', ');
}

function memberOf(data: Json, key: string): Json | undefined {
  const map = asMap(data);
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function asMap(data: Json | undefined): Readonly<Record<string, Json>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
    ? (data as Readonly<Record<string, Json>>)
    : {};
}
