import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { RunScope } from '@wellfit/core';
import { runFolderPath } from '@wellfit/reporters';
import { isOver } from '../resume/earlier-runs.js';
import { modelFolder } from '../saved-models/find-runs.js';
import { ownerText } from '../run/folder-owner.js';
import { runState, type FolderState } from './run-state.js';
import type { OpenedRuns } from './open-runs.js';

/** Whether the experiment of a folder that was read runs, can be resumed, or is complete. */
export function stateOf({ root, experiment, start }: OpenedRuns): FolderState {
  const { runs, end } = experiment;
  return runState(root, {
    status: end?.status ?? 'running',
    done: runs.filter(isOver).length,
    failed: runs.filter(({ status }) => status === 'failed').length,
    arms: start.arms.length,
    seeds: start.seeds.length,
  });
}

/** The same in words, with what can be done. */
export function stateText({ state, owner }: FolderState, folder: string): string {
  switch (state) {
    case 'completed':
      return 'completed';
    case 'running':
      return owner ? `running, by ${ownerText(owner)}` : 'running';
    case 'interrupted':
      return `interrupted; go on with: wellfit resume ${folder}`;
    case 'failed':
      return `ended, with runs that failed; try those again with: wellfit resume ${folder}`;
  }
}

/** Where the trained model of a run is, as it is to be shown; undefined where it was not kept. */
export function modelOf(root: string, cwd: string, { arm, seed }: RunScope): string | undefined {
  const folder = modelFolder(root, { arm, seed });
  return existsSync(folder) ? shownPath(folder, cwd) : undefined;
}

/** Where the checkpoint of a run is; undefined where it has none. */
export function checkpointOf(root: string, cwd: string, { arm, seed }: RunScope): string | undefined {
  const file = join(runFolderPath(root, { arm, seed }), 'checkpoint', 'latest');
  return existsSync(file) ? shownPath(file, cwd) : undefined;
}

/** A path as a user would write it: from the working folder, where it lies in that. */
export function shownPath(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return near.startsWith('..') ? path : near;
}
