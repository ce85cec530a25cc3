import { parseExperiment, planExperiment, type ExperimentPlan, type ExperimentSpec } from '@wellfit/core';
import { builtinPlugins } from '../plugins/builtin-plugins.js';
import { withThirdParty, type FoundPlugins } from '../plugins/with-third-party.js';

/** A recorded experiment that can be run again. */
export interface RecordedPlan extends FoundPlugins {
  readonly plan: ExperimentPlan;
  readonly spec: ExperimentSpec;
}

/**
 * Plans an experiment from the specification that its run folder holds. Its plugins are looked for where they were found
 * then, and in the working folder.
 *
 * @throws CoreError and CliError for a specification or a plugin that cannot be used.
 */
export async function planRecorded(
  recorded: { readonly spec: unknown; readonly pluginFolders?: readonly string[] },
  cwd: string,
): Promise<RecordedPlan> {
  const { spec, pluginFolders = [] } = recorded;
  const parsed = parseExperiment(spec);
  const found = await withThirdParty(await builtinPlugins(), parsed.plugins, [...pluginFolders, cwd]);
  return { ...found, plan: planExperiment(parsed, found.plugins), spec: parsed };
}
