import { errorMessage, isWellfitError } from '@wellfit/core';
import { CliError } from '../errors.js';
import { isOfKind, kindByMembers, kindByName, membersOf, type PluginKind } from './plugin-kind.js';

/** A function that somebody else wrote, of which nothing is known yet. */
export interface LooseFactory {
  (...args: readonly unknown[]): unknown;
  readonly plugin?: { readonly kind?: unknown; readonly name?: unknown };
}

/** What a factory makes. */
export interface Identity {
  readonly kind: PluginKind;
  readonly name: string;
}

/**
 * The factories that a plugin module exports by default: one, a list, or a record.
 *
 * @throws Error that says what a default export must be.
 */
export function exportedFactories(module: unknown): readonly LooseFactory[] {
  const exported = (module as { readonly default?: unknown }).default;
  const found = Array.isArray(exported)
    ? (exported as unknown[])
    : typeof exported === 'object' && exported !== null
      ? Object.values(exported)
      : [exported];
  if (found.length === 0 || !found.every((factory) => typeof factory === 'function')) {
    throw new Error(
      exported === undefined
        ? 'has no default export: export default a function that makes the plugin'
        : 'its default export must be a function that makes the plugin, or a list or record of such functions',
    );
  }
  return found as readonly LooseFactory[];
}

/**
 * Kind and name of what a factory makes: from its metadata, else from a plugin that it makes without options.
 *
 * @param fallback Name of a plugin that has none.
 * @throws Error that says what is missing.
 */
export function identify(factory: LooseFactory, fallback: string): Identity {
  const { kind, name } = factory.plugin ?? {};
  if (typeof kind === 'string' && typeof name === 'string')
    return { kind: known(kind), name: checkedName(name) };
  const made = make(factory);
  const deduced = typeof kind === 'string' ? known(kind) : kindByMembers(made);
  if (!deduced) {
    throw new Error(
      'makes nothing that is known: it has neither load (dataset), build (model), update (optimizer), penalty or ' +
        'noise (regularizer) nor connect or a hook such as onEpochEnd (callback)',
    );
  }
  const own = (made as { readonly name?: unknown }).name;
  return { kind: deduced, name: checkedName(typeof own === 'string' ? own : fallback) };
}

function known(kind: string): PluginKind {
  const found = kindByName(kind);
  if (typeof found === 'string') return found;
  throw new Error(found.problem);
}

function checkedName(name: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return name;
  throw new Error(`its name "${name}" must be kebab-case, for instance my-callback`);
}

function make(factory: LooseFactory): unknown {
  try {
    return factory();
  } catch (error) {
    const reason = errorMessage(error);
    throw new Error(
      `throws when it is made without options: ${reason}. Where it needs options, let it say what it is by ` +
        "`factory.plugin = { kind: 'callback', name: 'my-callback' }`",
      { cause: error },
    );
  }
}

/**
 * The factory, with its source named in every error and its products checked.
 *
 * @param kind And `name`: as {@link identify} found them; a product without a name is given this one.
 */
export function checkedFactory(
  source: string,
  { kind, name }: Identity,
  factory: LooseFactory,
): LooseFactory {
  const checked = (...args: readonly unknown[]): unknown => {
    let made: unknown;
    try {
      made = factory(...args);
    } catch (error) {
      const message = errorMessage(error);
      const problems = isWellfitError(error)
        ? error.problems.map((problem) => ({ ...problem, message: `[plugin ${source}] ${problem.message}` }))
        : [];
      throw new CliError('bad-plugin', `[plugin ${source}] ${message}`, { cause: error, problems });
    }
    if (isOfKind(made, kind)) return named(made as object, name);
    throw new CliError('bad-plugin', `[plugin ${source}] made no ${kind}: it has no ${membersOf(kind)}`);
  };
  return Object.assign(checked, factory.plugin && { plugin: factory.plugin });
}

function named(plugin: object, name: string): object {
  if (typeof (plugin as { readonly name?: unknown }).name !== 'string') {
    Reflect.defineProperty(plugin, 'name', { value: name, configurable: true, enumerable: true });
  }
  return plugin;
}
