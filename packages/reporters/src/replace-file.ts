import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';

/**
 * Writes a whole file beside the old one and renames it into place when all of it is on the disk. Where that fails,
 * the old file stays as it was and nothing is left beside it. Keeps the permissions of the old file, and follows a link.
 *
 * @throws The error of the file system.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const old = statSync(path, { throwIfNoEntry: false });
  const target = old === undefined ? path : realpathSync(path);
  const unfinished = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeToDisk(unfinished, content, old);
    renameSync(unfinished, target);
  } catch (error) {
    removeIfPossible(unfinished);
    throw error;
  }
}

function writeToDisk(path: string, content: string | Uint8Array, old: Stats | undefined): void {
  const file = openSync(path, 'wx');
  try {
    if (old !== undefined) fchmodSync(file, old.mode);
    // On a disk that is almost full, one write may take only a part; this goes on until all is written or one fails.
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Why the file could not be written says more than why its remains could not be removed.
  }
}
