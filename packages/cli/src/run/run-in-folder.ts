import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  errorMessage,
  runExperiment,
  runReporters,
  type ExperimentEvent,
  type ExperimentPlan,
  type Reporter,
  type ReporterFailure,
  type RunExperimentOptions,
} from '@wellfit/core';
import type { CheckpointOrigin } from '@wellfit/reporters';
import { tap } from 'rxjs';
import { exitCodes } from '../exit-codes.js';
import type { Host } from '../host.js';
import type { Jobs } from '../pool/count-jobs.js';
import { newestCheckpoint } from '../pool/newest-checkpoint.js';
import { sharedLoads } from '../pool/shared-memory.js';
import { WorkerRunner } from '../pool/worker-runner.js';
import type { WorkerSetup } from '../pool/worker-protocol.js';
import { printable } from '../printable.js';
import type { ActiveBackend } from '../saved-models/activate-backend.js';
import { CheckpointKeeper, originOf } from './checkpoint-keeper.js';
import { EndedRuns } from './ended-runs.js';
import { installedVersions } from './installed-versions.js';
import type { Interruption } from './interruption.js';
import { keepModel, modelStore } from './model-store.js';

/** An experiment that is ready to run, and where. */
export interface FolderRun {
  readonly plan: ExperimentPlan;
  readonly reporters: readonly Reporter[];
  readonly active: ActiveBackend;
  /** Existing. */
  readonly folder: string;
  /** Whether to keep the trained models. */
  readonly models: boolean;
  /** Shortest time between two checkpoints of a run, in seconds; infinite for none. */
  readonly checkpointEvery: number;
  /** Of an experiment that goes on: what is known of its runs. */
  readonly earlier?: RunExperimentOptions['earlier'];
  /** When it was started first, ISO 8601; now, where absent. */
  readonly startedAt?: string;
  /** What its earlier sessions took, in ms. */
  readonly spentMs?: number;
  readonly pluginFolders?: readonly string[];
  /** What its third-party plugins do, for the record. */
  readonly pluginVersions: Readonly<Record<string, string>>;
  readonly jobs: Jobs;
  /** Sees every event before anybody else; what it throws ends the experiment. */
  readonly check?: (event: ExperimentEvent) => void;
}

/**
 * Runs an experiment in a folder that this process has claimed, keeps checkpoints and models there, and says where the
 * results are and what went wrong.
 *
 * @returns The exit code.
 */
export async function runInFolder(run: FolderRun, host: Host, interruption: Interruption): Promise<number> {
  const { plan, reporters, active, folder, models, earlier, startedAt, pluginFolders } = run;
  const { name: backend, reason: backendReason, activation } = active;
  const versions = { ...installedVersions(), ...activation.versions, ...run.pluginVersions };
  const origin = originOf(plan.spec, backend, activation, versions);
  const keeper = new CheckpointKeeper(folder, origin, 1000 * run.checkpointEvery);
  const outcome = new Outcome();
  const ended = new EndedRuns(folder, models);
  // The native library has threads of its own.
  const workers = run.jobs.jobs > 1 && backend !== 'native' ? startWorkers(run, origin, host) : undefined;
  try {
    const events$ = runExperiment(plan, {
      analyze: (await import('@wellfit/analysis')).analyzeExperiment,
      backend,
      backendReason,
      activation,
      versions,
      startedAt,
      spentMs: run.spentMs,
      pluginFolders,
      earlier,
      signal: interruption.signal,
      onRunError: (error) => showStack(error, host),
      onCheckpoint: keeper.keep,
      models: (one) => modelStore(folder, one),
      ...(models && { onTrained: (model, one) => keepModel(folder, model, one) }),
      ...workers,
    }).pipe(
      tap((event) => {
        run.check?.(event);
        keeper.see(event);
        ended.see(event);
        outcome.see(event);
      }),
    );
    const failures = await runReporters(events$, reporters);
    ended.close();
    return conclude({ outcome, failures, folder, interruption, host });
  } finally {
    await workers?.runner.close();
  }
}

/** Threads that train several runs at a time, and the data that they share. */
function startWorkers(run: FolderRun, origin: CheckpointOrigin, host: Host) {
  const { plan, active, folder, models, checkpointEvery, pluginFolders = [host.cwd], jobs } = run;
  const { share, decoded } = sharedLoads();
  const setup: WorkerSetup = {
    spec: plan.spec,
    pluginFolders,
    backend: active.name,
    numerics: active.activation.numerics,
    threads: jobs.threads === 'auto' ? 1 : jobs.threads,
    folder,
    origin,
    checkpointEveryMs: 1000 * checkpointEvery,
    models,
  };
  const runner = new WorkerRunner({
    jobs: jobs.jobs,
    setup,
    decoded,
    checkpointOf: (one) => newestCheckpoint(folder, one, origin),
    onStack: (stack) => {
      if (host.env.WELLFIT_DEBUG) host.stderr.write(`${stack}\n`);
    },
  });
  return { share, runner };
}

/** The stack of what a plugin threw, where the user asked to see stacks. */
function showStack(error: unknown, host: Host): void {
  const { cause = error } = (error ?? {}) as { cause?: unknown };
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
  const report = join(folder, 'report.html');
  if (outcome.trained) host.stdout.write(`results: ${shown(folder, host)}\n`);
  if (outcome.trained && existsSync(report)) host.stdout.write(`report:  ${shown(report, host)}\n`);
  for (const run of outcome.failedRuns) host.stderr.write(`error: a run failed: ${run}\n`);
  for (const { reporter, error } of failures) {
    const message = errorMessage(error);
    host.stderr.write(
      `error: the reporter ${reporter} failed, so its output is missing or incomplete: ${message}\n`,
    );
  }
  interruption.sayWhy();
  if (interruption.code !== undefined) {
    const where = shown(folder, host);
    const what = outcome.trained
      ? `${where} holds what was finished; go on with: wellfit resume ${where}`
      : 'nothing was trained yet';
    host.stderr.write(`interrupted: ${what}\n`);
    return interruption.code;
  }
  return outcome.failedRuns.length + failures.length > 0 ? exitCodes.failed : exitCodes.ok;
}

function shown(path: string, { cwd }: Host): string {
  const near = relative(cwd, path);
  return printable(near.startsWith('..') ? path : near);
}
