import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { renderRunList } from '@wellfit/reporters/run-list';
import type { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Host } from '../host.js';
import { listRuns, type FoundRun, type RunFilter, type RunFolders } from './list-runs.js';
import { terminalLook } from './terminal-look.js';

/** What the options of `wellfit runs` give. */
export interface RunsArguments extends RunFilter {
  readonly json?: boolean;
}

/** More are counted only. */
const MOST_NOTES = 5;

/**
 * Prints the run folders of a folder.
 *
 * @returns The exit code.
 * @throws CliError `unreadable` where the folder is missing, cannot be read, or is a run folder itself.
 */
export async function runsFromCommand(
  reference: string,
  { json = false, ...filter }: RunsArguments,
  host: Host,
): Promise<number> {
  const root = resolve(host.cwd, reference);
  if (existsSync(join(root, 'experiment.json')))
    throw await unreadable(`${reference} is itself a run folder; \`wellfit show ${reference}\` shows it.`);
  let found: RunFolders;
  try {
    found = listRuns(root, filter);
  } catch (error) {
    throw await unreadable(`No runs can be listed in ${reference}: ${reasonOf(error)}.`);
  }
  if (json) host.stdout.write(`${JSON.stringify(asJson(reference, found), null, 2)}\n`);
  else {
    host.stdout.write(asText(reference, found, filter, host));
    for (const note of notes(found)) host.stderr.write(`note: ${note}\n`);
  }
  return exitCodes.ok;
}

function asText(reference: string, { runs }: RunFolders, filter: RunFilter, host: Host): string {
  if (runs.length > 0) return renderRunList(runs, terminalLook(host));
  const isFiltered = filter.name !== undefined || filter.state !== undefined;
  return `${reference} holds no run folders${isFiltered ? ' of that kind' : ''}.\n`;
}

function notes({ unlisted }: RunFolders): string[] {
  const named = unlisted
    .slice(0, MOST_NOTES)
    .map(({ folder, problem }) => `${folder} is not listed: ${problem}`);
  const more = unlisted.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more folders are not listed; --json names them all`] : [])];
}

/** The form that programs read; `docs/runs.md` tells it. */
function asJson(folder: string, { runs, unlisted }: RunFolders): object {
  return {
    folder,
    runs: runs.map(({ folder: name, experiment, state, process, ...run }: FoundRun) => ({
      folder: name,
      experiment,
      state,
      ...(process && { process }),
      arms: run.arms,
      seeds: run.seeds,
      runs: { planned: run.arms * run.seeds, done: run.done, failed: run.failed },
      ...(run.best !== undefined && { best: run.best }),
      startedAt: run.startedAt,
      ...(run.durationMs !== undefined && { durationMs: run.durationMs }),
    })),
    unlisted,
  };
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT')
    return 'there is no such folder. `wellfit run` makes the folder runs where it is started';
  if (code === 'ENOTDIR') return 'it is a file, not a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return message;
}

/** Loaded only now: errors need core, which takes longer to load than thousands of runs take to list. */
async function unreadable(message: string): Promise<CliError> {
  const { CliError } = await import('../errors.js');
  return new CliError('unreadable', message);
}
