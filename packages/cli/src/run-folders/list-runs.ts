import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRunOverview, type ListedRun, type RunState } from '@wellfit/reporters/run-list';
import { ownerText, type FolderOwner } from '../run/folder-owner.js';
import { runState } from './run-state.js';

/** A run folder, and who runs it. */
export interface FoundRun extends ListedRun {
  readonly process?: FolderOwner;
}

/** The run folders of a folder. */
export interface RunFolders {
  /** The newest first. */
  readonly runs: readonly FoundRun[];
  /** Folders that are no run folders or cannot be read, with the reason. */
  readonly unlisted: readonly { readonly folder: string; readonly problem: string }[];
}

/** Which run folders are wanted. */
export interface RunFilter {
  /** Part of the name of the folder or of the experiment. */
  readonly name?: string;
  readonly state?: RunState;
}

/**
 * Lists the run folders of a folder. Files and hidden folders are passed over.
 *
 * @param root An absolute path.
 * @throws The file system's error where the folder itself cannot be read.
 */
export function listRuns(root: string, { name = '', state }: RunFilter = {}): RunFolders {
  const runs: FoundRun[] = [];
  const unlisted: { folder: string; problem: string }[] = [];
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    const folder = entry.name;
    if (folder.startsWith('.') || !(entry.isDirectory() || entry.isSymbolicLink())) continue;
    const path = join(root, folder);
    const found = readRunOverview(path);
    if ('problem' in found) unlisted.push({ folder, ...found });
    else if (folder.includes(name) || found.experiment.includes(name)) {
      const { state: own, owner } = runState(path, found);
      if (state !== undefined && own !== state) continue;
      runs.push({ folder, state: own, ...found, ...(owner && { owner: ownerText(owner), process: owner }) });
    }
  }
  return { runs: newestFirst(runs), unlisted };
}

/** Those whose time cannot be read come last. */
function newestFirst(runs: readonly FoundRun[]): FoundRun[] {
  return runs
    .map((run) => ({ run, at: Date.parse(run.startedAt) || 0 }))
    .sort((a, b) => b.at - a.at || (a.run.folder < b.run.folder ? -1 : 1))
    .map(({ run }) => run);
}
