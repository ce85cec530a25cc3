import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { changesOf, type ExperimentArguments } from '../commands/experiment-options.js';
import { loadExperiment } from '../experiments/load-experiment.js';
import type { Host } from '../host.js';
import { countJobs, threadsHere } from '../pool/count-jobs.js';
import { activateBackend } from '../saved-models/activate-backend.js';
import { createRunFolder } from './create-run-folder.js';
import { Interruption } from './interruption.js';
import { largestWork } from './largest-work.js';
import { makeReporters, reporterUses } from './pick-reporters.js';
import { runInFolder } from './run-in-folder.js';

/** What the options of `wellfit run` give. */
export interface RunArguments extends ExperimentArguments {
  readonly out: string;
  readonly reporter?: readonly string[];
  readonly report: boolean;
  readonly models: boolean;
  readonly quiet?: boolean;
  readonly threads: number | 'auto';
  readonly jobs: number | 'auto';
  /** In seconds; infinite for none. */
  readonly checkpointEvery: number;
}

/**
 * Runs an experiment as the command line asks for.
 *
 * @returns The exit code.
 */
export async function runFromCommand(reference: string, options: RunArguments, host: Host): Promise<number> {
  const interruption = new Interruption(host);
  try {
    return await prepareAndRun(reference, options, host, interruption);
  } finally {
    interruption.sayWhy();
    interruption.stop();
  }
}

async function prepareAndRun(
  reference: string,
  options: RunArguments,
  host: Host,
  interruption: Interruption,
): Promise<number> {
  const { spec, plan, plugins, pluginFolders } = await loadExperiment(
    reference,
    await changesOf(options),
    host,
  );
  const { reporter: added = [], report, models, quiet = false, out, threads } = options;
  const isTTY = host.stdout.isTTY === true;
  const uses = reporterUses({ uses: spec.reporters, added, quiet, report }, plugins, isTTY);
  const { numerics } = spec;
  const work = () => largestWork(plan.arms);
  const runs = plan.arms.length * plan.seeds.length;
  const jobs = countJobs({ jobs: options.jobs, threads, runs, backend: spec.backend });
  const active = await activateBackend(spec.backend, { numerics, threads: threadsHere(jobs), work });

  const folder = await createRunFolder(resolve(host.cwd, out), plan.name);
  let trained = false;
  try {
    const reporters = makeReporters(uses, plugins.reporters, { folder, stdout: host.stdout });
    const { checkpointEvery } = options;
    const run = { plan, reporters, active, folder, models, checkpointEvery, pluginFolders, jobs };
    const outcome = await runInFolder(run, host, interruption);
    trained = outcome.trained;
    return outcome.code;
  } finally {
    // For instance since the data could not be loaded, or not to the end: an empty run would only mislead.
    if (!trained) await rm(folder, { recursive: true, force: true });
  }
}
