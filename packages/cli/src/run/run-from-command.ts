import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { ExperimentPlan } from '@wellfit/core';
import { changesOf, type ExperimentArguments } from '../commands/experiment-options.js';
import { loadExperiment } from '../experiments/load-experiment.js';
import type { Host } from '../host.js';
import { countJobs, threadsHere } from '../pool/count-jobs.js';
import { activateBackend } from '../saved-models/activate-backend.js';
import { findUnfinished } from '../resume/find-unfinished.js';
import { resumeExperiment } from '../resume/resume-from-command.js';
import { claimFolder } from './claim-folder.js';
import { createRunFolder } from './create-run-folder.js';
import { Interruption } from './interruption.js';
import { sayJobs } from './say-jobs.js';
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
  /** Go on with an interrupted run of the same experiment, or not; absent: ask. */
  readonly resume?: boolean;
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
  const { spec, plan, plugins, pluginVersions, pluginFolders } = await loadExperiment(
    reference,
    await changesOf(options),
    host,
  );
  const { reporter: added = [], report, models, quiet = false, out, threads } = options;
  const again = await chosenFolder({ out: resolve(host.cwd, out), plan, options }, host, interruption);
  if (again !== undefined) return resumeExperiment(again, options, host, interruption);
  const isTTY = host.stdout.isTTY === true;
  const uses = reporterUses({ uses: spec.reporters, added, quiet, report }, plugins, isTTY);
  const { numerics } = spec;
  const work = () => largestWork(plan.arms);
  const runs = plan.arms.length * plan.seeds.length;
  const jobs = countJobs({ jobs: options.jobs, threads, runs, backend: spec.backend });
  const active = await activateBackend(spec.backend, { numerics, threads: threadsHere(jobs), work });
  sayJobs(options.jobs, active.name, host);

  const folder = await createRunFolder(resolve(host.cwd, out), plan.name);
  try {
    const reporters = makeReporters(uses, plugins.reporters, { folder, stdout: host.stdout });
    const { checkpointEvery } = options;
    const recorded = { pluginFolders, pluginVersions };
    const run = { plan, reporters, active, folder, models, checkpointEvery, ...recorded, jobs };
    const release = claimFolder(folder, relative(host.cwd, folder));
    try {
      return await runInFolder(run, host, interruption);
    } finally {
      release();
    }
  } finally {
    // For instance since the data could not be loaded, or not to the end: an empty run would only mislead.
    const trained = plan.arms.some(({ name }) => existsSync(join(folder, name)));
    if (!trained) await rm(folder, { recursive: true, force: true });
  }
}

interface FolderChoice {
  readonly out: string;
  readonly plan: ExperimentPlan;
  readonly options: RunArguments;
}

/**
 * The folder of an interrupted run of the same experiment, where the user wants to go on with it: by an option, or asked
 * where somebody can answer; else only told.
 */
async function chosenFolder(
  { out, plan, options: { resume } }: FolderChoice,
  host: Host,
  { signal }: Interruption,
): Promise<string | undefined> {
  const found = resume === false ? undefined : findUnfinished(out, plan.name, plan.spec);
  if (!found) return undefined;
  const folder = relative(host.cwd, found.folder);
  if (resume) return folder;
  const what = `${folder} holds an interrupted run of this experiment, ${found.ended} of ${found.planned} runs done`;
  if (!host.ask) {
    host.stderr.write(`note: ${what}; --resume goes on with it, this is a new one\n`);
    return undefined;
  }
  const answer = await host.ask(`${what}.\nGo on with it? [Y/n] `, signal);
  return answer !== undefined && /^(y(es)?)?$/i.test(answer.trim()) ? folder : undefined;
}
