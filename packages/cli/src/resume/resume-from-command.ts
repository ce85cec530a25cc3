import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExperimentEvent } from '@wellfit/core';
import { readRunFolder, type CheckpointOrigin, type ExperimentRecord } from '@wellfit/reporters';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Host } from '../host.js';
import { checkData } from '../replay/check-data.js';
import { countJobs, threadsHere } from '../pool/count-jobs.js';
import { claimFolder } from '../run/claim-folder.js';
import { originOf } from '../run/checkpoint-keeper.js';
import { installedVersions } from '../run/installed-versions.js';
import { Interruption } from '../run/interruption.js';
import { makeReporters, reporterUses } from '../run/pick-reporters.js';
import { sayJobs } from '../run/say-jobs.js';
import { runInFolder } from '../run/run-in-folder.js';
import { activateBackend } from '../saved-models/activate-backend.js';
import { runFolderHint } from '../saved-models/find-runs.js';
import { planAgain } from '../saved-models/plan-again.js';
import { clearUnfinished } from './clear-unfinished.js';
import { difference, earlierRuns, isOver } from './earlier-runs.js';
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
  // First: what is read must not change any more.
  const release = claimFolder(folder, reference);
  try {
    clearUnfinished(folder);
    return await resumeClaimed(folder, reference, options, host, interruption);
  } finally {
    release();
  }
}

async function resumeClaimed(
  folder: string,
  reference: string,
  options: ResumeArguments,
  host: Host,
  interruption: Interruption,
): Promise<number> {
  const experiment = readRunFolder(folder);
  if (!experiment.start) throw new TypeError('a run folder is read with its start');
  if (isComplete(experiment)) {
    host.stdout.write(`${reference} is complete: all its runs have ended, there is nothing left to do.\n`);
    return exitCodes.ok;
  }
  const { plan, plugins, pluginVersions, spec } = await planAgain(experiment.start, folder, host.cwd);
  const { backend, numerics, startedAt, pluginFolders } = experiment.start;
  const left = plan.arms.length * plan.seeds.length - experiment.runs.filter(isOver).length;
  const jobs = countJobs({ jobs: options.jobs, threads: options.threads, runs: left, backend });
  const { report, quiet = false, reporter: added = [], models, checkpointEvery } = options;
  const active = await activateBackend(backend as 'wasm' | 'native' | 'cpu', {
    numerics: numerics === 'fast' ? 'fast' : 'exact',
    threads: threadsHere(jobs),
  });
  sayJobs(options.jobs, active.name, host);
  const versions = { ...installedVersions(), ...active.activation.versions, ...pluginVersions };
  const origin = originOf(plan.spec, active.name, active.activation, versions);
  checkSameOrigin(experiment.start, origin, options.anew === true);
  const earlier = earlierRuns(folder, experiment, origin, {
    anew: options.anew === true,
    models: options.models,
  });
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
  const spentMs = experiment.end?.durationMs ?? experiment.spentMs ?? 0;
  const recorded = { startedAt, spentMs, pluginFolders, pluginVersions };
  const run = { plan, reporters, active, folder, models, checkpointEvery, ...recorded, jobs };
  const check = (event: ExperimentEvent): void => {
    if (event.type === 'dataset:ready') checkData(experiment.datasets, event);
  };
  return runInFolder({ ...run, earlier: earlier.of, check }, host, interruption);
}

/**
 * What has ended and what is to come are one experiment: it must not be computed in two ways.
 *
 * @param anew Versions may differ, as the user wants it; what rounds otherwise may not.
 */
function checkSameOrigin(
  start: NonNullable<ExperimentRecord['start']>,
  here: CheckpointOrigin,
  anew: boolean,
): void {
  const { spec, backend, numerics = 'exact', versions } = start;
  const begun = originOf(spec, backend, { numerics }, versions);
  const different = difference(begun, anew ? { ...here, versions: begun.versions } : here);
  if (different === undefined) return;
  throw new CliError(
    'other-checkpoint',
    `The experiment cannot go on as it began: ${different}. Resume it with what began it, or run it again` +
      (begun.numerics === here.numerics && begun.backend === here.backend ? '; --anew mixes versions.' : '.'),
  );
}

function noRunFolder(folder: string, reference: string): CliError {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const hint = isFolder ? runFolderHint(folder, reference) : '.';
  return new CliError(
    'unreadable',
    `${reference} is no run folder: there is no experiment.json${hint} \`wellfit runs\` lists those there are.`,
  );
}
