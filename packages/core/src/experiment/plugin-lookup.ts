import { z } from 'zod';
import type { Regularizer, SiteSelector } from '../contracts/regularizer.js';
import { errorMessage, isWellfitError, type Problem } from '../errors.js';
import type { AnyFactory, PluginSets } from './plugin-sets.js';
import { shownValue } from './problem-text.js';
import type { PluginOption } from './resolve-arms.js';
import type { PluginUse } from './schema.js';
import { schemaProblems } from './schema-problems.js';
import { suggest } from './suggest.js';

type Kind = keyof PluginSets;
type Made<K extends Kind> = PluginSets[K][string] extends AnyFactory<infer P> ? P : never;

/** Makes plugins of checked options. */
export interface Maker<P> {
  /** The one that was made to check the options; undefined where they are bad. */
  readonly first?: P;
  readonly fresh: () => P;
}

const siteSelector: z.ZodType<SiteSelector> = z.union([
  z.enum(['input', 'hidden', 'output', 'all']),
  z.array(z.string().min(1)).min(1),
]);

/** Finds the plugins of one arm, and collects what is wrong with their names and options. */
export class PluginLookup {
  readonly problems: Problem[] = [];
  /** Whether a name was among the problems that no plugin bears. */
  foundUnknown = false;

  /** @param writtenAt Turns a path of the resolved arm into the path where the value was written. */
  constructor(
    private readonly plugins: PluginSets,
    private readonly writtenAt: (path: Problem['path']) => Problem['path'],
  ) {}

  /** A plugin with its options beside its name. */
  use<K extends Kind>(kind: K, { name, ...options }: PluginUse, path: Problem['path']): Maker<Made<K>> {
    const given = Object.keys(options).length > 0 ? options : undefined;
    return this.#find(kind, name, given, path, { path: [...path, 'name'] });
  }

  /** A plugin of a plugin map. */
  option<K extends Kind>(kind: K, name: string, option: PluginOption, path: Problem['path']): Maker<Made<K>> {
    return this.#find(kind, name, option === true ? undefined : option, path, { path, target: 'key' });
  }

  /** A regularizer, whose options may say beside its own where it acts. */
  placed(
    name: string,
    option: PluginOption,
  ): { readonly made: Maker<Regularizer>; readonly at?: SiteSelector } {
    const path = ['regularizers', name];
    if (typeof option !== 'object') return { made: this.option('regularizers', name, option, path) };
    const { at, ...options } = option;
    const own = Object.keys(options).length > 0 ? options : true;
    const made = this.option('regularizers', name, own, path);
    if (at === undefined) return { made };
    const checked = siteSelector.safeParse(at);
    if (checked.success) return { made, at: checked.data };
    this.#add(schemaProblems(checked.error, siteSelector, at), [...path, 'at']);
    return { made };
  }

  #find<K extends Kind>(
    kind: K,
    name: string,
    options: unknown,
    path: Problem['path'],
    place: Pick<Problem, 'path' | 'target'>,
  ): Maker<Made<K>> {
    const set: Readonly<Record<string, AnyFactory<unknown>>> = this.plugins[kind];
    if (!Object.hasOwn(set, name)) {
      this.foundUnknown = true;
      this.problems.push({ ...place, ...this.#unknown(kind, name), path: this.writtenAt(place.path) });
      return { fresh: () => missing(kind, name) };
    }
    // The one unchecked step: sets hold factories of many option types, and each checks what it is given.
    const factory = set[name] as (options?: unknown) => Made<K>;
    const fresh = (): Made<K> => factory(structuredClone(options));
    try {
      return { first: fresh(), fresh };
    } catch (error) {
      this.#add(problemsOf(error, singular(kind), name), path);
      return { fresh };
    }
  }

  #add(problems: readonly Problem[], path: Problem['path']): void {
    for (const problem of problems) {
      this.problems.push({ ...problem, path: this.writtenAt([...path, ...problem.path]) });
    }
  }

  #unknown(kind: Kind, name: string): Pick<Problem, 'message' | 'suggestion'> {
    const names = Object.keys(this.plugins[kind]);
    const elsewhere = (Object.keys(this.plugins) as Kind[]).find((other) =>
      Object.hasOwn(this.plugins[other], name),
    );
    const hint = elsewhere ? ` (${name} is a ${singular(elsewhere)})` : '';
    const suggestion = suggest(name, names);
    return {
      message: `unknown ${singular(kind)} ${shownValue(name)}${hint}; known: ${names.join(', ') || 'none'}`,
      ...(suggestion !== undefined && { suggestion }),
    };
  }
}

function missing(kind: Kind, name: string): never {
  throw new Error(`the ${singular(kind)} ${name} was not found`);
}

function singular(kind: Kind): string {
  return kind.slice(0, -1);
}

/** What a factory threw, as problems relative to its options. */
function problemsOf(error: unknown, kind: string, name: string): readonly Problem[] {
  if (isWellfitError(error) && error.problems.length > 0) return error.problems;
  const message = errorMessage(error);
  return [{ path: [], message: isWellfitError(error) ? message : `[${kind} ${name}] ${message}` }];
}
