import { parseExperiment, planExperiment, type DatasetSource, type PluginUse } from '@wellfit/core';
import { builtinPlugins } from '../plugins/builtin-plugins.js';

/**
 * A dataset of wellfit's own packages, by its name and options.
 *
 * @throws CoreError `unknown-plugin` or `bad-option`, as for the dataset of an experiment.
 */
export async function namedDataset(use: PluginUse): Promise<DatasetSource> {
  const spec = parseExperiment({ name: 'data', dataset: { ...use }, model: 'mlp', arms: { base: null } });
  return planExperiment(spec, await builtinPlugins()).arms[0].dataset();
}
