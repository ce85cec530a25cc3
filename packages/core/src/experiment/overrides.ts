import { CoreError } from '../errors.js';
import { shownValue } from './problem-text.js';

/** A change to an experiment before it is checked, as `--set training.epochs=5` makes it. */
export interface Override {
  /** Dotted, for instance `training.epochs`, `arms.l2.regularizers.l2` or `seeds.0`. */
  readonly path: string;
  /** Plain data; replaces what is there. */
  readonly value: unknown;
}

/** An override with the keys that its path turned out to mean. */
export interface AppliedOverride extends Override {
  readonly keys: readonly (string | number)[];
}

/**
 * Applies overrides, in order, to an experiment as a person wrote it. Maps that are missing on the way are made; a
 * plugin that is only named (`dataset: imdb`) becomes a map with that name. A key that contains dots, such as the arm
 * `l2-0.001`, is found where it exists.
 *
 * @returns A changed copy, and what each path meant.
 * @throws CoreError `bad-override`.
 */
export function applyOverrides<O extends Override>(
  input: unknown,
  overrides: readonly O[],
): { readonly input: unknown; readonly applied: readonly (O & AppliedOverride)[] } {
  const root = { input: structuredClone(input) };
  const applied = overrides.map((override) => {
    const keys = set(root, override);
    return { ...override, keys };
  });
  return { input: root.input, applied };
}

type Container = { [key: string | number]: unknown };

function set(root: { input: unknown }, { path, value }: Override): (string | number)[] {
  const segments = path.split('.');
  if (segments.some((segment) => segment === '' || segment === '__proto__')) {
    throw new CoreError('bad-override', `${path || '(nothing)'} is not a path such as training.epochs.`);
  }
  const keys: (string | number)[] = [];
  let holder: Container = root;
  let last: string | number = 'input';
  for (let rest = segments; rest.length > 0;) {
    const here = enterable(holder, last, keys, path, rest);
    const [key, used] = nextKey(here, rest, keys, path);
    keys.push(key);
    rest = rest.slice(used);
    [holder, last] = [here, key];
  }
  holder[last] = structuredClone(value);
  return keys;
}

/** What is at a place, made a map or list where it can be one. */
function enterable(
  holder: Container,
  key: string | number,
  keys: readonly (string | number)[],
  path: string,
  rest: readonly string[],
): Container {
  const found = Object.hasOwn(holder, key) ? holder[key] : undefined;
  if (typeof found === 'object' && found !== null) return found as Container;
  const namesPlugin = typeof found === 'string' && ['dataset', 'model', 'optimizer'].includes(String(key));
  if (namesPlugin || found === undefined || found === null || found === true) {
    const made: Container = namesPlugin ? { name: found } : {};
    holder[key] = made;
    return made;
  }
  const place = keys.join('.');
  throw new CoreError(
    'bad-override',
    `${path} cannot be set: ${place} is ${shownValue(found)}, not a map. Set it as a whole, for instance ` +
      `${place}={${rest.join('.')}: ...}.`,
  );
}

function nextKey(
  at: Container,
  rest: readonly string[],
  keys: readonly (string | number)[],
  path: string,
): [key: string | number, used: number] {
  if (Array.isArray(at)) {
    const index = /^\d+$/.test(rest[0]) ? Number(rest[0]) : NaN;
    if (index < at.length) return [index, 1];
    throw new CoreError(
      'bad-override',
      `${path} cannot be set: ${keys.join('.')} is a list of ${at.length}, so ${rest[0]} must be a number below that.`,
    );
  }
  for (let used = rest.length; used > 1; used--) {
    const key = rest.slice(0, used).join('.');
    if (Object.hasOwn(at, key)) return [key, used];
  }
  return [rest[0], 1];
}
