import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
    const claim = made();
    if (placed(claim, path)) return () => giveUp(claim, path);
    const owner = folderOwner(folder);
    if (owner && !isThis(owner)) throw inUse(shown, path, owner);
    clearAway(path, folder);
  }
  throw new CliError('in-use', `${shown} is claimed by other processes as fast as it gets free; try again.`);
}

/** The content of a claim, which no other one has. */
function made(): string {
  const owner: FolderOwner & { readonly token: string } = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    token: randomUUID(),
  };
  return `${JSON.stringify(owner)}\n`;
}

/** Puts a claim into its place whole, or not at all where there is one. */
function placed(claim: string, path: string): boolean {
  const whole = `${path}.${randomUUID()}`;
  try {
    writeFileSync(whole, claim, { flag: 'wx' });
    linkSync(whole, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw notWritable(path, error);
  } finally {
    rmSync(whole, { force: true });
  }
}

/** Takes the claim of a dead process out of the way. Where a living one has just put its own there, that is put back. */
function clearAway(path: string, folder: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    const owner = folderOwner(folder, aside);
    if (owner && !isThis(owner)) linkSync(aside, path);
  } catch {
    // Somebody else was faster; the next attempt sees what is there.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Removes the claim, unless it is another one's by now. */
function giveUp(claim: string, path: string): void {
  try {
    if (readFileSync(path, 'utf8') === claim) rmSync(path, { force: true });
  } catch {
    // It is gone already.
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
