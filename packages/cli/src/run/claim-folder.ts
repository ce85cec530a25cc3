import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../errors.js';

const FILE = 'running.json';

const ownerSchema = z.object({ pid: z.int().min(1), host: z.string(), since: z.string() });

/** Who is running the experiment of a folder. */
type Owner = z.output<typeof ownerSchema>;

/**
 * Claims a run folder for this process by a file in it, so that no second one writes there; a claim of a process that
 * has ended is taken over. Ages play no part: clocks jump, and a killed run can be resumed at once.
 *
 * @returns Gives the folder free.
 * @throws CliError `in-use`; the file system's error where the claim cannot be written.
 */
export function claimFolder(folder: string, shown: string): () => void {
  const path = join(folder, FILE);
  for (let attempt = 1; attempt <= 3; attempt++) {
    if (created(path)) return () => rmSync(path, { force: true });
    const owner = ownerOf(path);
    if (owner && isAlive(owner)) throw inUse(shown, path, owner);
    // Left by a process that was killed, or torn. Whoever creates it first has it.
    rmSync(path, { force: true });
  }
  throw new CliError('in-use', `${shown} is claimed by other processes as fast as it gets free; try again.`);
}

/** Whether a process that still lives has claimed a run folder. */
export function isClaimed(folder: string): boolean {
  const owner = ownerOf(join(folder, FILE));
  return owner !== undefined && isAlive(owner);
}

function created(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    const owner: Owner = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
    writeFileSync(file, `${JSON.stringify(owner)}\n`);
    return true;
  } finally {
    closeSync(file);
  }
}

function ownerOf(path: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A process on another host cannot be asked: it counts as alive. */
function isAlive({ pid, host }: Owner): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function inUse(shown: string, path: string, { pid, host, since }: Owner): CliError {
  return new CliError(
    'in-use',
    `${shown} is in use: process ${pid} on ${host} has been running its experiment since ${since}. Wait for its end, or ` +
      `end it; if there is no such wellfit any more, remove ${path}.`,
  );
}
