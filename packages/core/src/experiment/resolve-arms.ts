import type { ExperimentSpec, PluginPatch, PluginUse } from './schema.js';

/** What a plugin map gives a plugin: its options; `true` takes the defaults. */
export type PluginOption = true | number | string | Readonly<Record<string, unknown>>;

/** One arm, complete: the base configuration with the arm's changes. */
export interface ResolvedArm {
  readonly name: string;
  readonly description?: string;
  readonly dataset: PluginUse;
  readonly model: PluginUse;
  readonly training: ExperimentSpec['training'];
  readonly regularizers: Readonly<Record<string, PluginOption>>;
  readonly callbacks: Readonly<Record<string, PluginOption>>;
}

/**
 * Lays each arm's changes over the base configuration.
 *
 * Maps are merged key by key, everything else (numbers, lists, `null`) is replaced. A dataset, model or optimizer of
 * another name replaces the base's with all its options. `false` switches off a regularizer or callback.
 */
export function resolveArms(spec: ExperimentSpec): readonly ResolvedArm[] {
  return Object.entries(spec.arms).map(([name, patch]) => {
    const { optimizer, ...training } = patch?.training ?? {};
    return {
      name,
      ...(patch?.description !== undefined && { description: patch.description }),
      dataset: mergeUse(spec.dataset, patch?.dataset),
      model: mergeUse(spec.model, patch?.model),
      training: {
        ...mergeMaps(spec.training, training),
        optimizer: mergeUse(spec.training.optimizer, optimizer),
      },
      regularizers: switchedOn(mergeMaps(spec.regularizers, patch?.regularizers)),
      callbacks: switchedOn(mergeMaps(spec.callbacks, patch?.callbacks)),
    };
  });
}

function mergeUse(base: PluginUse, patch: PluginPatch = {}): PluginUse {
  const { name = base.name, ...options } = patch;
  return name === base.name ? { ...mergeMaps(base, options), name } : { ...options, name };
}

function mergeMaps<T extends object>(base: T, patch: object = {}): T {
  const before = base as Readonly<Record<string, unknown>>;
  const changes = Object.entries(patch).map(([key, value]): [string, unknown] => {
    const old = before[key];
    return [key, isMap(old) && isMap(value) ? mergeMaps(old, value) : value];
  });
  return { ...base, ...Object.fromEntries(changes) };
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function switchedOn(uses: ExperimentSpec['regularizers']): Record<string, PluginOption> {
  return Object.fromEntries(
    Object.entries(uses).filter((use): use is [string, PluginOption] => use[1] !== false),
  );
}
