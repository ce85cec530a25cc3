import { isWellfitError } from '@wellfit/core';
import { CliError } from '../errors.js';
import { planRecorded, type RecordedPlan } from './plan-recorded.js';

/**
 * Plans the experiment of a run folder again, to train it.
 *
 * @param root The run folder.
 * @throws CliError that says that the record, and not a file of the user's, cannot be planned.
 */
export async function planAgain(
  recorded: Parameters<typeof planRecorded>[0],
  root: string,
  cwd: string,
): Promise<RecordedPlan> {
  try {
    return await planRecorded(recorded, cwd);
  } catch (error) {
    if (!isWellfitError(error)) throw error;
    throw new CliError(
      error.code,
      `The specification in ${root}/experiment.json cannot be planned again: ${error.message}\nIf it names plugins, they ` +
        `have to be where they were; else use the version of wellfit that made the run.`,
      { cause: error },
    );
  }
}
