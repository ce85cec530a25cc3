import type { FoundWeight } from '../config/collect-weights.js';
import { FormatError } from '../format-error.js';
import type { SavedWeight } from '../saved-model.js';
import type { Group } from './h5wasm-types.js';

const FLOAT = 1;

/** The group at a path, or undefined where there is none. */
export function groupAt(parent: Group, path: string): Group | undefined {
  let group = parent;
  for (const part of path.split('/')) {
    // Looked up first: the library reports a missing member as an error.
    if (!group.keys().includes(part)) return undefined;
    const child = group.get(part);
    if (child === null || !('type' in child) || child.type !== group.type) return undefined;
    group = child as Group;
  }
  return group;
}

/**
 * A weight of a group. Its values are read only on demand.
 *
 * @throws FormatError `bad-file` for values that are not 32- or 64-bit floats; these are rounded.
 */
export function weightAt(parent: Group, path: string): FoundWeight | undefined {
  const [, above, name] = /^(?:(.*)\/)?([^/]*)$/.exec(path) ?? [];
  const group = above === undefined ? parent : groupAt(parent, above);
  if (group === undefined || !group.keys().includes(name)) return undefined;
  const dataset = group.get(name);
  if (dataset === null || !('shape' in dataset)) return undefined;
  const { type, size, littleEndian } = dataset.metadata;
  if (type !== FLOAT || (size !== 4 && size !== 8) || !littleEndian) {
    throw new FormatError('bad-file', `The values of ${path} are not 32-bit floats.`);
  }
  return {
    shape: dataset.shape ?? [],
    values: () => Float32Array.from(dataset.value as ArrayLike<number>),
  };
}

/** Writes a weight as 32-bit floats. */
export function writeWeight(group: Group, name: string, { shape, values }: SavedWeight): void {
  group.create_dataset({ name, data: values, shape: [...shape], dtype: '<f4' });
}

/** The text of an attribute, or undefined. */
export function textAttribute(group: Group, name: string): string | undefined {
  const value = group.attrs[name]?.value;
  return typeof value === 'string' ? value : undefined;
}

/** Writes text of any length: as a string of variable length it does not count towards the 64 kB of a header. */
export function writeText(group: Group, name: string, text: string): void {
  group.create_attribute(name, text, null, 'S');
}

/** A list of names, which Keras splits into `<name>0`, `<name>1`... where it is long; undefined where there is none. */
export function namesAttribute(group: Group, name: string): string[] | undefined {
  const { attrs } = group;
  if (attrs[name] !== undefined) return namesOf(attrs[name].value);
  if (attrs[`${name}0`] === undefined) return undefined;
  const names: string[] = [];
  for (let i = 0; attrs[`${name}${i}`] !== undefined; i++) names.push(...namesOf(attrs[`${name}${i}`].value));
  return names;
}

// An empty list is stored as one of numbers.
function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** Writes a list of names. */
export function writeNames(group: Group, name: string, names: readonly string[]): void {
  if (names.length > 0) group.create_attribute(name, [...names], [names.length], 'S');
  else group.create_attribute(name, new Float64Array(0), [0]);
}
