import { parseExperiment, planExperiment, type ExperimentPlan } from '@wellfit/core';
import { builtinPlugins, type AllPlugins } from '../plugins/builtin-plugins.js';
import { withThirdParty } from '../plugins/with-third-party.js';

/**
 * Plans an experiment from the specification that its run folder holds. Its plugins are looked for in the working folder,
 * since a record does not say where the experiment file was.
 *
 * @throws CoreError and CliError for a specification or a plugin that cannot be used.
 */
export async function planRecorded(
  spec: unknown,
  cwd: string,
): Promise<{ readonly plan: ExperimentPlan; readonly plugins: AllPlugins }> {
  const parsed = parseExperiment(spec);
  const plugins = await withThirdParty(await builtinPlugins(), parsed.plugins, [cwd]);
  return { plan: planExperiment(parsed, plugins), plugins };
}
