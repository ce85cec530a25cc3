import { CoreError, type Problem } from '../errors.js';
import type { Json } from '../contracts/named.js';
import { canonicalJson } from './canonical-json.js';
import { fillDefaults } from './fill-defaults.js';
import type { ArmPlan, ExperimentPlan } from './plan.js';
import { PluginLookup } from './plugin-lookup.js';
import type { PluginSets } from './plugin-sets.js';
import { problemList } from './problem-text.js';
import { resolveArms, type ResolvedArm } from './resolve-arms.js';
import type { ExperimentSpec } from './schema.js';

/**
 * Finds every plugin that an experiment names and checks every option, before anything is loaded or trained.
 *
 * Each plugin is created once to let it check its options; the plan makes fresh ones for each run.
 *
 * @throws CoreError with all problems at once: `unknown-plugin` where a name is not known, else `bad-option`. Paths
 *   point to where a value was written: in the base configuration or in an arm.
 */
export function planExperiment(spec: ExperimentSpec, plugins: PluginSets): ExperimentPlan {
  const problems = placeOnlyProblems(spec);
  let unknown = false;
  const arms = resolveArms(spec).map((arm) => {
    const lookup = new PluginLookup(plugins, (path) => writtenAt(spec, arm.name, path));
    const plan = planArm(arm, lookup);
    problems.push(...lookup.problems);
    unknown ||= lookup.foundUnknown;
    return plan;
  });
  if (problems.length > 0)
    throw planError(unknown ? 'unknown-plugin' : 'bad-option', withoutRepeats(problems));
  const [first] = arms;
  return {
    name: spec.name,
    ...(spec.description !== undefined && { description: spec.description }),
    arms,
    baseline: spec.baseline ?? first.name,
    seeds: typeof spec.seeds === 'number' ? Array.from({ length: spec.seeds }, (_, i) => i + 1) : spec.seeds,
    spec: JSON.parse(JSON.stringify(fillDefaults(spec, plugins))) as Json,
  };
}

function planArm(arm: ResolvedArm, lookup: PluginLookup): ArmPlan {
  const { epochs, batchSize, loss, trainEvaluation, distributions, optimizer } = arm.training;
  const dataset = lookup.use('datasets', arm.dataset, ['dataset']);
  const preset = lookup.use('models', arm.model, ['model']);
  const makeOptimizer = lookup.use('optimizers', optimizer, ['training', 'optimizer']);
  // Created for the check only; its state is made at its first step, so there is nothing else to free.
  makeOptimizer.first?.dispose();
  const regularizers = Object.entries(arm.regularizers).map(([name, option]) => lookup.placed(name, option));
  const callbacks = Object.entries(arm.callbacks).map(([name, option]) =>
    lookup.option('callbacks', name, option, ['callbacks', name]),
  );
  return {
    name: arm.name,
    datasetKey: canonicalJson(arm.dataset),
    dataset: dataset.fresh,
    preset: preset.fresh,
    optimizer: makeOptimizer.fresh,
    regularizers: () =>
      regularizers.map(({ made, at }) => ({ regularizer: made.fresh(), ...(at !== undefined && { at }) })),
    callbacks: () => callbacks.map(({ fresh }) => fresh()),
    epochs,
    batchSize,
    ...(loss !== 'auto' && { loss }),
    trainEvaluation,
    distributions,
  };
}

/** Where the value at a path of a resolved arm was written: in the arm, if that goes at least as deep as the base. */
function writtenAt(spec: ExperimentSpec, arm: string, path: Problem['path']): Problem['path'] {
  const inArm = depth(spec.arms[arm], path);
  return inArm > 0 && inArm >= depth(spec, path) ? ['arms', arm, ...path] : path;
}

function depth(value: unknown, path: Problem['path']): number {
  let at = value;
  for (let i = 0; i < path.length; i++) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, path[i])) return i;
    at = (at as Record<string, unknown>)[path[i]];
  }
  return path.length;
}

/** What is wrong in the base configuration would be found once for each arm. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function planError(code: string, problems: readonly Problem[]): CoreError {
  return new CoreError(code, `The experiment cannot be planned:\n${problemList(problems)}`, { problems });
}

/** An arm that only moves a regularizer given as a number would silently take the default strength. */
function placeOnlyProblems(spec: ExperimentSpec): Problem[] {
  return Object.entries(spec.arms).flatMap(([arm, patch]) =>
    Object.entries(patch?.regularizers ?? {}).flatMap(([name, option]) => {
      const base = spec.regularizers[name];
      const placeOnly = typeof option === 'object' && Object.keys(option).join() === 'at';
      if (!placeOnly || (typeof base !== 'number' && typeof base !== 'string')) return [];
      const message = `says only where ${name} acts: repeat its options, too (the base has ${name}: ${base})`;
      return [{ path: ['arms', arm, 'regularizers', name], message }];
    }),
  );
}
