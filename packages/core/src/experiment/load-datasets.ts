import type { Dataset, LoadProgress } from '../contracts/dataset.js';
import type { ExperimentEvent } from '../contracts/events.js';
import { CoreError, errorMessage, isWellfitError } from '../errors.js';
import type { ArmPlan } from './plan.js';
import { shareLoads } from './share-loads.js';

/**
 * Loads each dataset once, before the first run: one that is missing must not cost the runs of other arms. Some are
 * absent where loading was cancelled.
 *
 * @throws CoreError `dataset-failed`, or the dataset's own error.
 */
export async function loadDatasets(
  arms: readonly ArmPlan[],
  emit: (event: ExperimentEvent) => void,
  signal: AbortSignal,
  share = shareLoads(),
): Promise<ReadonlyMap<string, Dataset>> {
  const datasets = new Map<string, Dataset>();
  for (const arm of arms) {
    if (datasets.has(arm.datasetKey) || signal.aborted) continue;
    const source = arm.dataset();
    const onProgress = (progress: LoadProgress): void =>
      emit({ type: 'dataset:progress', dataset: source.name, ...progress });
    try {
      const dataset = await source.load({ signal, onProgress, share });
      datasets.set(arm.datasetKey, dataset);
      const { sizes, provenance } = dataset;
      emit({ type: 'dataset:ready', dataset: source.name, sizes, provenance });
    } catch (error) {
      if (!signal.aborted) throw datasetError(source.name, error);
    }
  }
  return datasets;
}

/** What a dataset says itself stands; anything else that it throws is given its name. */
function datasetError(name: string, error: unknown): unknown {
  if (isWellfitError(error)) return error;
  return new CoreError('dataset-failed', `[dataset ${name}] ${errorMessage(error)}`, { cause: error });
}
