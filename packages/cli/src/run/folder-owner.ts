import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({ pid: z.int().min(1), host: z.string(), since: z.string() });

/** The process that runs the experiment of a folder. */
export type FolderOwner = z.output<typeof schema>;

/**
 * Who is running the experiment of a folder, by the file with which `claimFolder` claims it; undefined where nobody does, also
 * where the process that did was killed. A process on another host cannot be asked: it counts as alive.
 */
export function folderOwner(folder: string, file = join(folder, 'running.json')): FolderOwner | undefined {
  let owner: FolderOwner;
  try {
    owner = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // No claim, or a torn one: whoever resumes may take it over.
    return undefined;
  }
  return owner.host !== hostname() || isAlive(owner.pid) ? owner : undefined;
}

/** `process 4711`, and on which host where that is not this one. */
export function ownerText({ pid, host }: FolderOwner): string {
  return host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
