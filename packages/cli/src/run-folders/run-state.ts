import type { RunOverview, RunState } from '@wellfit/reporters/run-list';
import { folderOwner, type FolderOwner } from '../run/folder-owner.js';

/** What goes on in a run folder. */
export interface FolderState {
  readonly state: RunState;
  /** Where it runs. */
  readonly owner?: FolderOwner;
}

/** What `experiment.json` alone cannot tell: whether somebody is at work, or the process was killed. */
export function runState(
  folder: string,
  { status, failed, done, arms, seeds }: Pick<RunOverview, 'status' | 'failed' | 'done' | 'arms' | 'seeds'>,
): FolderState {
  if (status === 'completed' && done === arms * seeds) return { state: 'completed' };
  const owner = folderOwner(folder);
  if (owner) return { state: 'running', owner };
  return { state: status === 'completed' && failed > 0 ? 'failed' : 'interrupted' };
}
