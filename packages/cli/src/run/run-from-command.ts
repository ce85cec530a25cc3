import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import {
  errorMessage,
  runExperiment,
  runReporters,
  type ExperimentEvent,
  type Model,
  type ReporterFailure,
} from '@wellfit/core';
import { tap } from 'rxjs';
import { changesOf, type ExperimentArguments } from '../commands/experiment-options.js';
import { exitCodes } from '../exit-codes.js';
import { loadExperiment } from '../experiments/load-experiment.js';
import type { Host } from '../host.js';
import { printable } from '../printable.js';
import { activateBackend } from '../saved-models/activate-backend.js';
import { modelFolder } from '../saved-models/find-runs.js';
import { largestWork } from './largest-work.js';
import { createRunFolder } from './create-run-folder.js';
import { installedVersions } from './installed-versions.js';
import { Interruption } from './interruption.js';
import { makeReporters, reporterUses } from './pick-reporters.js';

/** What the options of `wellfit run` give. */
export interface RunArguments extends ExperimentArguments {
  readonly out: string;
  readonly reporter?: readonly string[];
  readonly report: boolean;
  readonly models: boolean;
  readonly quiet?: boolean;
  readonly threads: number | 'auto';
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
  const { spec, plan, plugins } = await loadExperiment(reference, await changesOf(options), host);
  const { reporter: added = [], report, models, quiet = false, out, threads } = options;
  const isTTY = host.stdout.isTTY === true;
  const uses = reporterUses({ uses: spec.reporters, added, quiet, report }, plugins, isTTY);
  const { analyzeExperiment } = await import('@wellfit/analysis');
  const { numerics } = spec;
  const work = () => largestWork(plan.arms);
  const active = await activateBackend(spec.backend, { numerics, threads, work });
  const { name: backend, reason: backendReason, activation } = active;

  const folder = await createRunFolder(resolve(host.cwd, out), plan.name);
  const outcome = new Outcome();
  try {
    const reporters = makeReporters(uses, plugins.reporters, { folder, stdout: host.stdout });
    const events$ = runExperiment(plan, {
      analyze: analyzeExperiment,
      backend,
      backendReason,
      activation,
      versions: { ...installedVersions(), ...activation.versions },
      signal: interruption.signal,
      onRunError: (error) => showStack(error, host),
      ...(models && { onTrained: (model, run) => keepModel(model, modelFolder(folder, run)) }),
    }).pipe(tap((event) => outcome.see(event)));
    const failures = await runReporters(events$, reporters);
    return conclude({ outcome, failures, folder, interruption, host });
  } finally {
    // For instance since the data could not be loaded, or not to the end: an empty run would only mislead.
    if (!outcome.trained) await rm(folder, { recursive: true, force: true });
  }
}

async function keepModel(model: Model, folder: string): Promise<void> {
  const { saveModel } = await import('@wellfit/formats');
  await saveModel(model, folder, 'tfjs');
}

/** The stack of what a plugin threw, where the user asked to see stacks. */
function showStack(error: unknown, host: Host): void {
  const { cause = error } = error as { cause?: unknown };
  if (host.env.WELLFIT_DEBUG && cause instanceof Error)
    host.stderr.write(`${cause.stack ?? cause.message}\n`);
}

/** What the end of the command depends on. */
class Outcome {
  trained = false;
  readonly failedRuns: string[] = [];

  see(event: ExperimentEvent): void {
    if (event.type === 'run:start') this.trained = true;
    if (event.type === 'run:end' && event.status === 'failed') {
      this.failedRuns.push(`${event.arm}, seed ${event.seed}: ${event.reason}`);
    }
  }
}

interface Conclusion {
  readonly outcome: Outcome;
  readonly failures: readonly ReporterFailure[];
  readonly folder: string;
  readonly interruption: Interruption;
  readonly host: Host;
}

/** Says where the results are and what went wrong, and what the exit code is. */
function conclude({ outcome, failures, folder, interruption, host }: Conclusion): number {
  const shown = (path: string): string => {
    const near = relative(host.cwd, path);
    return printable(near.startsWith('..') ? path : near);
  };
  const report = join(folder, 'report.html');
  if (outcome.trained) host.stdout.write(`results: ${shown(folder)}\n`);
  if (outcome.trained && existsSync(report)) host.stdout.write(`report:  ${shown(report)}\n`);
  for (const run of outcome.failedRuns) host.stderr.write(`error: a run failed: ${run}\n`);
  for (const { reporter, error } of failures) {
    const message = errorMessage(error);
    host.stderr.write(
      `error: the reporter ${reporter} failed, so its output is missing or incomplete: ${message}\n`,
    );
  }
  interruption.sayWhy();
  if (interruption.code !== undefined) {
    const what = outcome.trained ? `${shown(folder)} holds what was finished` : 'nothing was trained yet';
    host.stderr.write(`interrupted: ${what}\n`);
    return interruption.code;
  }
  return outcome.failedRuns.length + failures.length > 0 ? exitCodes.failed : exitCodes.ok;
}
