import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorMessage, isWellfitError } from '@wellfit/core';
import { FormatError } from '../format-error.js';

/**
 * Writes a file beside the old one and renames it into place when all of it is on the disk.
 *
 * @throws FormatError `path-taken` where a folder is there; `write-failed`.
 */
export async function replaceFile(path: string, content: Uint8Array): Promise<void> {
  await replace(path, async (unfinished, target) => {
    const old = await statOf(target);
    if (old !== undefined && !old.isFile()) throw taken(path, 'is not a file');
    await writeToDisk(unfinished, content);
    await rename(unfinished, target);
  });
}

/**
 * Writes a folder beside the old one and puts it in its place when all of it is on the disk. The old one is renamed
 * away first, since a folder cannot be renamed over another: who is killed between the two finds it under a name that
 * ends in `.old`.
 *
 * @param owns Whether a file of an old folder may be replaced with it. One that may not keeps the folder.
 * @throws FormatError `path-taken` where a file or a folder with other content is there; `write-failed`.
 */
export async function replaceFolder(
  path: string,
  content: Readonly<Record<string, Uint8Array>>,
  owns: (file: string) => boolean,
): Promise<void> {
  await replace(path, async (unfinished, target) => {
    const old = await statOf(target);
    if (old !== undefined) {
      if (!old.isDirectory()) throw taken(path, 'is not a folder');
      const others = (await readdir(target)).filter((file) => !owns(file));
      if (others.length > 0) throw taken(path, `holds other files (${others.slice(0, 3).join(', ')})`);
    }
    await mkdir(unfinished);
    for (const [file, bytes] of Object.entries(content)) await writeToDisk(join(unfinished, file), bytes);
    if (old === undefined) return rename(unfinished, target);
    const aside = `${unfinished}.old`;
    await rename(target, aside);
    await rename(unfinished, target).catch(async (error: unknown) => {
      await rename(aside, target);
      throw error;
    });
    await rm(aside, { recursive: true });
  });
}

async function replace(
  path: string,
  write: (unfinished: string, target: string) => Promise<void>,
): Promise<void> {
  const target = resolve(path);
  const unfinished = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await write(unfinished, target);
  } catch (error) {
    // Why the model could not be written says more than why its remains could not be removed.
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    if (isWellfitError(error)) throw error;
    const message = `The model cannot be written to ${path} (${errorMessage(error)}).`;
    throw new FormatError('write-failed', message, { cause: error });
  }
}

async function writeToDisk(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function statOf(path: string) {
  return stat(path).catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

function taken(path: string, what: string): FormatError {
  return new FormatError(
    'path-taken',
    `${path} ${what}, so no model is written there. Choose another place.`,
  );
}
