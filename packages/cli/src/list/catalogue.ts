import { readFile } from 'node:fs/promises';
import type { JsonSchema, PluginMeta } from '@wellfit/core';
import { parse } from 'yaml';
import { z } from 'zod';
import { builtinExperiments } from '../experiments/builtin-experiments.js';
import { builtinPlugins } from '../plugins/builtin-plugins.js';
import type { ListKind } from './list-kinds.js';

/** One thing that can be named. */
export interface CatalogueEntry {
  readonly kind: ListKind;
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its options; absent where it takes none. */
  readonly options?: JsonSchema;
}

/** Everything of the given kinds that comes with the command. */
export async function catalogue(kinds: readonly ListKind[]): Promise<readonly CatalogueEntry[]> {
  const plugins = kinds.some((kind) => kind !== 'experiments') ? await builtinPlugins() : undefined;
  const lists = kinds.map(async (kind): Promise<readonly CatalogueEntry[]> => {
    if (kind === 'experiments' || !plugins) return experimentEntries();
    const set: Readonly<Record<string, { readonly plugin?: PluginMeta }>> = plugins[kind];
    return Promise.resolve(Object.entries(set).map(([name, { plugin }]) => pluginEntry(kind, name, plugin)));
  });
  return (await Promise.all(lists)).flat();
}

async function experimentEntries(): Promise<readonly CatalogueEntry[]> {
  const entries = [...(await builtinExperiments())].map(async ([name, path]): Promise<CatalogueEntry> => {
    const { description } = parse(await readFile(path, 'utf8')) as { readonly description?: string };
    return { kind: 'experiments', name, description: (description ?? '').trim() };
  });
  return Promise.all(entries);
}

function pluginEntry(kind: ListKind, name: string, meta: PluginMeta | undefined): CatalogueEntry {
  const options = meta && optionsSchema(meta);
  return { kind, name, description: meta?.description ?? '', ...(options && { options }) };
}

function optionsSchema({ options }: PluginMeta): JsonSchema | undefined {
  const schema = z.toJSONSchema(options, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
  }) as JsonSchema;
  const says = ['type', 'anyOf', 'oneOf', 'enum', 'const'].some((keyword) => keyword in schema);
  return says ? schema : undefined;
}
