import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readRunFolder } from '@wellfit/reporters';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Host } from '../host.js';
import { countJobs, threadsHere } from '../pool/count-jobs.js';
import { originOf } from '../run/checkpoint-keeper.js';
import { installedVersions } from '../run/installed-versions.js';
import { Interruption } from '../run/interruption.js';
import { makeReporters, reporterUses } from '../run/pick-reporters.js';
import { runInFolder } from '../run/run-in-folder.js';
import { activateBackend } from '../saved-models/activate-backend.js';
import { runFolderHint } from '../saved-models/find-runs.js';
import { planAgain } from '../saved-models/plan-again.js';
import { earlierRuns, isOver } from './earlier-runs.js';
import { isComplete } from './find-unfinished.js';

/** What the options of `wellfit resume` give. */
export interface ResumeArguments {
  readonly anew?: boolean;
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
 * Goes on with an experiment that was interrupted, in its folder.
 *
 * @returns The exit code.
 */
export async function resumeFromCommand(
  reference: string,
  options: ResumeArguments,
  host: Host,
): Promise<number> {
  const interruption = new Interruption(host);
  try {
    return await resumeExperiment(reference, options, host, interruption);
  } finally {
    interruption.sayWhy();
    interruption.stop();
  }
}

/** As {@link resumeFromCommand}, with signals that somebody else watches. */
export async function resumeExperiment(
  reference: string,
  options: ResumeArguments,
  host: Host,
  interruption: Interruption,
): Promise<number> {
  const folder = resolve(host.cwd, reference);
  if (!existsSync(join(folder, 'experiment.json'))) throw noRunFolder(folder, reference);
  const experiment = readRunFolder(folder);
  if (!experiment.start) throw new TypeError('a run folder is read with its start');
  if (isComplete(experiment)) {
    host.stdout.write(`${reference} is complete: all its runs have ended, there is nothing left to do.\n`);
    return exitCodes.ok;
  }
  const { plan, plugins, spec } = await planAgain(experiment.start, folder, host.cwd);
  const { backend, numerics, startedAt, pluginFolders } = experiment.start;
  const left = plan.arms.length * plan.seeds.length - experiment.runs.filter(isOver).length;
  const jobs = countJobs({ jobs: options.jobs, threads: options.threads, runs: left, backend });
  const { report, quiet = false, reporter: added = [], models, checkpointEvery } = options;
  const active = await activateBackend(backend as 'wasm' | 'native' | 'cpu', {
    numerics: numerics === 'fast' ? 'fast' : 'exact',
    threads: threadsHere(jobs),
  });
  const versions = { ...installedVersions(), ...active.activation.versions };
  const origin = originOf(plan.spec, active.name, active.activation, versions);
  const earlier = earlierRuns(folder, experiment, origin, options.anew === true);
  for (const note of earlier.notes) host.stderr.write(`note: ${note}\n`);
  if (!quiet) {
    const { ended, continued, fresh } = earlier;
    host.stdout.write(
      `resuming ${reference}: ${ended} runs have ended, ${continued} go on, ${fresh} are still to begin\n`,
    );
  }
  const isTTY = host.stdout.isTTY === true;
  const uses = reporterUses({ uses: spec.reporters, added, quiet, report }, plugins, isTTY);
  const reporters = makeReporters(uses, plugins.reporters, { folder, stdout: host.stdout });
  const run = { plan, reporters, active, folder, models, checkpointEvery, startedAt, pluginFolders, jobs };
  return (await runInFolder({ ...run, earlier: earlier.of }, host, interruption)).code;
}

function noRunFolder(folder: string, reference: string): CliError {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const hint = isFolder ? runFolderHint(folder, reference) : '.';
  return new CliError(
    'unreadable',
    `${reference} is no run folder: there is no experiment.json${hint} \`wellfit runs\` lists those there are.`,
  );
}
