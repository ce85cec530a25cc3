import { basename, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorMessage, type Problem } from '@wellfit/core';
import { CliError } from '../errors.js';
import type { AllPlugins } from './builtin-plugins.js';
import { hashPlugin } from './hash-plugin.js';
import {
  checkedFactory,
  exportedFactories,
  identify,
  type Identity,
  type LooseFactory,
} from './third-party-factory.js';
import { pluginKinds } from './plugin-kind.js';
import { resolvePlugin } from './resolve-plugin.js';

/** Built-in plugins and those that an experiment names. */
export interface FoundPlugins {
  readonly plugins: AllPlugins;
  /**
   * What they do, by `plugin <name>`, see {@link hashPlugin}: the versions of what has none that could be relied on. Those that
   * only report decide no numbers, and are left out.
   */
  readonly pluginVersions: Readonly<Record<string, string>>;
}

/**
 * Adds the plugins that an experiment names to the built-in ones. Their code is run: that is what they are for.
 *
 * @param names Paths or package names, as in the experiment's list `plugins`.
 * @param folders Where to look: the experiment's folder, then the working folder.
 * @param loadTimeoutMs How long a plugin's module may take until it is ready.
 * @throws CliError `bad-plugin` with a problem at `plugins.<index>` for each one that cannot be used.
 */
export async function withThirdParty(
  builtin: AllPlugins,
  names: readonly string[],
  folders: readonly string[],
  loadTimeoutMs = 30_000,
): Promise<FoundPlugins> {
  let found: FoundPlugins = { plugins: builtin, pluginVersions: {} };
  const problems: Problem[] = [];
  for (const [index, name] of names.entries()) {
    try {
      found = await add(found, name, folders, loadTimeoutMs);
    } catch (error) {
      const message = errorMessage(error);
      problems.push({ path: ['plugins', index], message: `[plugin ${name}] ${message}` });
    }
  }
  if (problems.length === 0) return found;
  throw new CliError('bad-plugin', problems.map(({ message }) => message).join('\n'), { problems });
}

async function add(
  { plugins, pluginVersions }: FoundPlugins,
  name: string,
  folders: readonly string[],
  loadTimeoutMs: number,
): Promise<FoundPlugins> {
  const path = resolvePlugin(name, folders);
  const hash = hashPlugin(path);
  const factories = exportedFactories(await load(path, loadTimeoutMs)).map((factory) => ({
    factory,
    ...identify(factory, basename(path, extname(path))),
  }));
  const decides = factories.some(({ kind }) => kind !== 'reporter');
  return {
    plugins: factories.reduce((all, found) => addFactory(all, name, found), plugins),
    pluginVersions: { ...pluginVersions, ...(decides && { [`plugin ${name}`]: hash }) },
  };
}

async function load(path: string, timeoutMs: number): Promise<unknown> {
  // Without the timer, an import that waits for ever would let the process end without a word.
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it is not ready after ${timeoutMs / 1000} s`)), timeoutMs);
  });
  try {
    return await Promise.race([import(pathToFileURL(path).href), timeout]);
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Error(`does not load: ${reason}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

interface Found extends Identity {
  readonly factory: LooseFactory;
}

function addFactory(plugins: AllPlugins, source: string, { factory, ...identity }: Found): AllPlugins {
  const { kind, name } = identity;
  const set = pluginKinds[kind];
  if (Object.hasOwn(plugins[set], name)) {
    throw new Error(`there is a ${kind} ${name} already; give this one another name`);
  }
  return { ...plugins, [set]: { ...plugins[set], [name]: checkedFactory(source, identity, factory) } };
}
