import { parseExperiment, planExperiment, type ArmPlan, type ExperimentSpec } from '@wellfit/core';
import { loadExperiment } from '../experiments/load-experiment.js';
import { builtinPlugins } from '../plugins/builtin-plugins.js';

/** What is timed where no experiment is named: the network of `cifar10-dropout` on generated images. */
const BUILTIN = {
  name: 'generated-images',
  dataset: { name: 'synthetic-images', trainRows: 1000, testRows: 10 },
  model: { name: 'cnn' },
  training: { batchSize: 32, optimizer: { name: 'adam', learningRate: 0.0001 } },
  arms: { base: null },
};

/** An experiment of which a step is timed. */
export interface MeasuredExperiment {
  readonly name: string;
  readonly spec: Pick<ExperimentSpec, 'numerics'>;
  readonly arms: readonly ArmPlan[];
}

/**
 * The experiment to measure.
 *
 * @param reference A built-in experiment's name or a file's path; undefined for one that needs no download.
 * @throws As `loadExperiment`.
 */
export async function measuredExperiment(
  reference: string | undefined,
  cwd: string,
): Promise<MeasuredExperiment> {
  if (reference === undefined) {
    const spec = parseExperiment(BUILTIN);
    const { name, arms } = planExperiment(spec, await builtinPlugins());
    return { name, spec, arms };
  }
  const { spec, plan } = await loadExperiment(reference, {}, { cwd });
  return { name: plan.name, spec, arms: plan.arms };
}
