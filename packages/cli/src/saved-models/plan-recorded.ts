import { parseExperiment, planExperiment, type ExperimentPlan, type ExperimentSpec } from '@wellfit/core';
import { builtinPlugins, type AllPlugins } from '../plugins/builtin-plugins.js';
import { withThirdParty } from '../plugins/with-third-party.js';

/**
 * Plans an experiment from the specification that its run folder holds. Its plugins are looked for where they were found
 * then, and in the working folder.
 *
 * @throws CoreError and CliError for a specification or a plugin that cannot be used.
 */
export async function planRecorded(
  recorded: { readonly spec: unknown; readonly pluginFolders?: readonly string[] },
  cwd: string,
): Promise<{ readonly plan: ExperimentPlan; readonly plugins: AllPlugins; readonly spec: ExperimentSpec }> {
  const { spec, pluginFolders = [] } = recorded;
  const parsed = parseExperiment(spec);
  const plugins = await withThirdParty(await builtinPlugins(), parsed.plugins, [...pluginFolders, cwd]);
  return { plan: planExperiment(parsed, plugins), plugins, spec: parsed };
}
