import {
  applyOverrides,
  shareLoads,
  type ArmPlan,
  type Dataset,
  type DatasetSource,
  type PluginUse,
} from '@wellfit/core';
import type { ExperimentRecord } from '@wellfit/reporters';
import { namedDataset } from '../data/named-dataset.js';
import { CliError } from '../errors.js';
import type { LabelledOverride } from '../experiments/parse-set.js';
import type { Host } from '../host.js';
import type { FoundModel } from './find-saved-models.js';
import { loadDataset } from './load-dataset.js';
import { planRecorded } from './plan-recorded.js';

/** Which data the user asked for by `--dataset` and `--set`. */
export interface DataChoice {
  readonly dataset?: string;
  readonly overrides: readonly LabelledOverride[];
}

/** What a model is given to work on. */
export interface ModelData {
  readonly dataset: Dataset;
  /** The arm as it was trained, for its loss and penalties; absent for a model without a run. */
  readonly arm?: ArmPlan;
}

/**
 * Finds the data for each model: what its arm was trained with, or what the user names. Equal data is loaded once.
 *
 * @returns A function that gives a model's data.
 * @throws CliError `usage` where a model has no run and no dataset was named; CoreError for wrong names and options.
 */
export async function modelData(
  experiment: ExperimentRecord | undefined,
  choice: DataChoice,
  host: Host,
  signal?: AbortSignal,
): Promise<(model: FoundModel) => Promise<ModelData>> {
  const arms = experiment ? await plannedArms(experiment, choice, host) : [];
  const named = arms.length === 0 ? await chosenDataset(choice) : undefined;
  const loaded = new Map<string, Promise<Dataset>>();
  const share = shareLoads();
  const load = (key: string, source: () => DatasetSource): Promise<Dataset> => {
    const known = loaded.get(key) ?? loadDataset(source(), host, { signal, share });
    loaded.set(key, known);
    return known;
  };
  return async ({ run }) => {
    const arm = arms.find(({ name }) => name === run?.arm);
    if (arm) return { arm, dataset: await load(arm.datasetKey, () => arm.dataset()) };
    if (named) return { dataset: await load(named.name, () => named) };
    throw new CliError(
      'usage',
      'A model alone does not say what it was trained on: add --dataset, for instance --dataset mnist.',
    );
  };
}

/** The arms as recorded in the run folder, with the dataset changed as the user asks. */
async function plannedArms(
  { start }: ExperimentRecord,
  { dataset, overrides }: DataChoice,
  { cwd }: Host,
): Promise<readonly ArmPlan[]> {
  const all = [...(dataset === undefined ? [] : [datasetOverride(dataset)]), ...overrides];
  const { input } = applyOverrides(withoutArmDatasets(start?.spec, dataset !== undefined), all);
  return (await planRecorded({ spec: input, pluginFolders: start?.pluginFolders }, cwd)).plan.arms;
}

function datasetOverride(name: string): LabelledOverride {
  return { path: 'dataset', value: { name }, label: `--dataset ${name}` };
}

/** Another dataset stands in for those of all arms. */
function withoutArmDatasets(spec: unknown, drop: boolean): unknown {
  if (!drop) return spec;
  const { arms, ...rest } = spec as { readonly arms: Readonly<Record<string, { dataset?: unknown } | null>> };
  const kept = Object.entries(arms).map(([name, patch]) => {
    const { dataset: _, ...arm } = patch ?? {};
    return [name, arm];
  });
  return { ...rest, arms: Object.fromEntries(kept) as unknown };
}

/** The dataset that `--dataset` names, its options taken from `--set dataset.<option>=<value>`. */
async function chosenDataset({ dataset: name, overrides }: DataChoice): Promise<DatasetSource | undefined> {
  if (name === undefined) return undefined;
  const { dataset } = applyOverrides({ dataset: { name } }, overrides).input as {
    readonly dataset: PluginUse;
  };
  return namedDataset(dataset);
}
