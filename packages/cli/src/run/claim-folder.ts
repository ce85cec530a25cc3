import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { errorMessage } from '@wellfit/core';
import { CliError } from '../errors.js';
import { folderOwner, type FolderOwner } from './folder-owner.js';

const FILE = 'running.json';

/**
 * Claims a run folder for this process by a file in it, so that no second one writes there; a claim of a process that
 * has ended is taken over. Ages play no part: clocks jump, and a killed run can be resumed at once.
 *
 * @returns Gives the folder free.
 * @throws CliError `in-use`; `run-folder` where the claim cannot be written.
 */
export function claimFolder(folder: string, shown: string): () => void {
  const path = join(folder, FILE);
  for (let attempt = 1; attempt <= 3; attempt++) {
    if (created(path)) return () => rmSync(path, { force: true });
    const owner = folderOwner(folder);
    if (owner && !isThis(owner)) throw inUse(shown, path, owner);
    // Left by a process that was killed, or torn. Whoever creates it first has it.
    rmSync(path, { force: true });
  }
  throw new CliError('in-use', `${shown} is claimed by other processes as fast as it gets free; try again.`);
}

function created(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw notWritable(path, error);
  }
  try {
    const owner: FolderOwner = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
    writeFileSync(file, `${JSON.stringify(owner)}\n`);
    return true;
  } catch (error) {
    throw notWritable(path, error);
  } finally {
    closeSync(file);
  }
}

/** A process that had this one's number and was killed: its folder is free. */
function isThis({ pid, host }: FolderOwner): boolean {
  return pid === process.pid && host === hostname();
}

function inUse(shown: string, path: string, { pid, host, since }: FolderOwner): CliError {
  return new CliError(
    'in-use',
    `${shown} is in use: process ${pid} on ${host} has been running its experiment since ${since}. Wait for its end, or ` +
      `end it; if there is no such wellfit any more, remove ${path}.`,
  );
}

function notWritable(path: string, cause: unknown): CliError {
  const reason = errorMessage(cause);
  return new CliError('run-folder', `Nothing can be written to the run folder: ${reason} (${path}).`, {
    cause,
  });
}
