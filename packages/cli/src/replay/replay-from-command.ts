import { errorMessage, type Reporter } from '@wellfit/core';
import { exitCodes } from '../exit-codes.js';
import type { Host } from '../host.js';
import { installedVersions } from '../run/installed-versions.js';
import { makeReporter } from '../run/make-reporter.js';
import type { RunChoice } from '../saved-models/find-runs.js';
import type { AllPlugins } from '../plugins/builtin-plugins.js';
import { backendForReplay } from './backend-for-replay.js';
import { findRecordedRuns } from './find-recorded-runs.js';
import { renderReplay, replayNotes } from './render-replay.js';
import { replayResult } from './replay-result.js';
import { planReplay, replayRuns } from './replay-runs.js';
import { ReplayedRun } from './replayed-run.js';

/** What the options of `wellfit replay` give. */
export interface ReplayArguments extends RunChoice {
  readonly epochs?: number;
  readonly backend?: 'wasm' | 'native' | 'cpu';
  readonly threads: number | 'auto';
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/**
 * Trains recorded runs again and compares. Nothing is written into their folder.
 *
 * @returns The exit code: `differs` where a run is not the same.
 */
export async function replayFromCommand(
  reference: string,
  options: ReplayArguments,
  host: Host,
  signal: AbortSignal,
): Promise<number> {
  const recorded = findRecordedRuns(reference, options, host.cwd);
  const { start } = recorded.experiment;
  if (!start) throw new TypeError('a run folder is read with its start');
  const { plan, plugins, pluginVersions } = await planReplay(recorded, host.cwd);
  const backend = await backendForReplay(start, options.backend, options.threads);
  signal.throwIfAborted();
  const versions = { ...installedVersions(), ...backend.versions, ...pluginVersions };

  const { epochs } = options;
  const replayed = recorded.runs.map((run) => new ReplayedRun(run, { by: backend.by, epochs }));
  const reporters = screenReporters(options, plugins, recorded.root, host);
  const failures = await replayRuns(plan, replayed, { recorded, backend, versions, reporters, signal });
  for (const { reporter, error } of failures) {
    host.stderr.write(`note: the reporter ${reporter} failed: ${errorMessage(error)}\n`);
  }

  const result = replayResult(start, backend, versions, replayed, recorded.skipped);
  // What was found before Ctrl-C is found all the same.
  if (signal.aborted && result.same) {
    const done = replayed.reduce((sum, run) => sum + run.epochs, 0);
    host.stderr.write(`interrupted: ${done} epochs were the same until then\n`);
    signal.throwIfAborted();
  }
  if (options.json) host.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    host.stderr.write(replayNotes(result));
    (result.same ? host.stdout : host.stderr).write(renderReplay(result));
  }
  return result.same ? exitCodes.ok : exitCodes.differs;
}

/** Who shows how far the replay is: nobody where only the result is wanted. */
function screenReporters(
  { quiet, json }: ReplayArguments,
  { reporters }: AllPlugins,
  folder: string,
  { stdout }: Host,
): readonly Reporter[] {
  if (quiet || json) return [];
  const factory = reporters[stdout.isTTY === true ? 'progress' : 'console'];
  return [makeReporter(factory, true, { folder, stdout })];
}
