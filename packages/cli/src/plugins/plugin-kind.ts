import { suggest } from '@wellfit/core';

/** The kinds of plugins that an experiment can load, and the set each belongs to. */
export const pluginKinds = {
  dataset: 'datasets',
  model: 'models',
  optimizer: 'optimizers',
  regularizer: 'regularizers',
  callback: 'callbacks',
  reporter: 'reporters',
} as const;

/** A kind of plugin that an experiment can load. */
export type PluginKind = keyof typeof pluginKinds;

/** What makes a plugin one of its kind: at least one of these members. */
const MEMBERS: Readonly<Record<PluginKind, readonly string[]>> = {
  dataset: ['load'],
  model: ['build'],
  optimizer: ['update'],
  regularizer: ['penalty', 'noise'],
  callback: ['connect', 'onTrainBegin', 'onEpochBegin', 'onStepEnd', 'onEpochEnd', 'onTrainEnd'],
  reporter: ['connect'],
};

/** Whether a plugin has what its kind needs. */
export function isOfKind(plugin: unknown, kind: PluginKind): boolean {
  return MEMBERS[kind].some(
    (member) => typeof (plugin as Record<string, unknown> | null)?.[member] === 'function',
  );
}

/** What a plugin of this kind must have, for messages. */
export function membersOf(kind: PluginKind): string {
  return MEMBERS[kind].join(' or ');
}

/** The kind of a plugin by its members. A reporter has the same as a callback, so it must say its kind. */
export function kindByMembers(plugin: unknown): PluginKind | undefined {
  return (Object.keys(pluginKinds) as PluginKind[]).find((kind) => isOfKind(plugin, kind));
}

/** The kind that a plugin's metadata names; otherwise what to say of it. */
export function kindByName(name: string): PluginKind | { readonly problem: string } {
  if (Object.hasOwn(pluginKinds, name)) return name as PluginKind;
  const kinds = Object.keys(pluginKinds);
  const meant = suggest(name, kinds);
  return {
    problem: `its kind "${name}" is none of ${kinds.join(', ')}${meant ? `. Did you mean ${meant}?` : ''}`,
  };
}
