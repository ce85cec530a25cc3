import { canonicalJson } from './canonical-json.js';
import type { AnyFactory, PluginSets } from './plugin-sets.js';
import { resolveArms, type PluginOption, type ResolvedArm } from './resolve-arms.js';
import type { ExperimentSpec, PluginUse } from './schema.js';

/**
 * Writes the defaults of the base configuration's plugins into a spec, so that it still means the same when a later
 * version has other defaults. Only what changes nothing for any arm is filled in, and only from plugins that say their
 * options by a schema.
 *
 * @param spec Its plugins are known and its options are valid.
 */
export function fillDefaults(spec: ExperimentSpec, plugins: PluginSets): ExperimentSpec {
  const steps: readonly ((before: ExperimentSpec) => ExperimentSpec)[] = [
    (before) => ({ ...before, dataset: filledUse(plugins.datasets, before.dataset) }),
    (before) => ({ ...before, model: filledUse(plugins.models, before.model) }),
    (before) => ({
      ...before,
      training: { ...before.training, optimizer: filledUse(plugins.optimizers, before.training.optimizer) },
    }),
    ...(['regularizers', 'callbacks'] as const).flatMap((kind) =>
      Object.entries(spec[kind]).map(([name, option]) => (before: ExperimentSpec) => ({
        ...before,
        [kind]: { ...before[kind], [name]: filledOption(plugins[kind][name], option) },
      })),
    ),
  ];
  return steps.reduce((before, step) => {
    const after = step(before);
    return meaning(before, plugins) === meaning(after, plugins) ? after : before;
  }, spec);
}

function filledUse(set: PluginSets[keyof PluginSets], use: PluginUse): PluginUse {
  const { name, ...options } = use;
  const filled = filledOption(set[name], options);
  return typeof filled === 'object' ? { name, ...filled } : use;
}

/** The options with their defaults, where those are options again; else as they were. */
function filledOption(factory: AnyFactory<unknown>, option: PluginOption | false): PluginOption | false {
  if (typeof option !== 'object') return option;
  const { at, ...own } = option;
  const output = parsed(factory, own)?.output;
  if (typeof output !== 'object' || output === null || Array.isArray(output)) return option;
  // Some schemas work out more than was given: only what is accepted as an option is one.
  const accepted = Object.entries(output as Readonly<Record<string, unknown>>).filter(([key, value]) =>
    parsed(factory, { ...own, [key]: value }),
  );
  const filled = { ...own, ...Object.fromEntries(accepted) };
  if (canonicalJson(parsed(factory, filled)?.output) !== canonicalJson(output)) return option;
  return { ...filled, ...(at !== undefined && { at }) };
}

/** What every arm comes to, once each plugin has checked its options. */
function meaning(spec: ExperimentSpec, plugins: PluginSets): string {
  const arms = resolveArms(spec).map((arm) => ({
    ...arm,
    dataset: meantUse(plugins.datasets, arm.dataset),
    model: meantUse(plugins.models, arm.model),
    training: { ...arm.training, optimizer: meantUse(plugins.optimizers, arm.training.optimizer) },
    regularizers: meantMap(plugins.regularizers, arm.regularizers),
    callbacks: meantMap(plugins.callbacks, arm.callbacks),
  }));
  return canonicalJson(arms);
}

function meantUse(set: PluginSets[keyof PluginSets], { name, ...options }: PluginUse): unknown {
  return [name, parsed(set[name], options)];
}

function meantMap(set: PluginSets[keyof PluginSets], uses: ResolvedArm['regularizers']): unknown {
  return Object.entries(uses).map(([name, option]) => {
    if (typeof option !== 'object') return [name, parsed(set[name], option === true ? undefined : option)];
    const { at, ...options } = option;
    return [name, at, parsed(set[name], options)];
  });
}

/** What a plugin makes of its options: the options themselves where it has no schema, nothing where they are bad. */
function parsed({ plugin }: AnyFactory<unknown>, options: unknown): { readonly output: unknown } | undefined {
  if (!plugin?.options) return { output: options };
  const isEmpty = typeof options === 'object' && options !== null && Object.keys(options).length === 0;
  const result = plugin.options.safeParse(isEmpty ? undefined : options);
  return result.success ? { output: result.data } : undefined;
}
