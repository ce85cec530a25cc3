import { readFile, stat } from 'node:fs/promises';
import { errorMessage } from '@wellfit/core';
import { FormatError } from '../format-error.js';
import { LARGEST_FILE } from '../limits.js';

/**
 * Reads a whole file of limited size.
 *
 * @throws FormatError `not-found`, `read-failed`, `too-large`; `bad-file` for folders and devices.
 */
export async function readBytes(path: string, limit = LARGEST_FILE): Promise<Uint8Array> {
  const file = await reading(path, () => stat(path));
  // Reading a pipe would wait without end.
  if (!file.isFile()) throw new FormatError('bad-file', `${path} is not a file.`);
  if (file.size > limit) {
    const message = `${path} has ${file.size} bytes, more than the ${limit} that a model's file may have.`;
    throw new FormatError('too-large', message);
  }
  return reading(path, () => readFile(path));
}

/**
 * Reads JSON of limited size.
 *
 * @throws FormatError `bad-file` where it is not JSON, and as {@link readBytes}.
 */
export async function readJson(path: string, limit: number): Promise<unknown> {
  return parseJson(path, await readBytes(path, limit));
}

/**
 * Parses JSON.
 *
 * @param name Shown in errors.
 * @throws FormatError `bad-file`.
 */
export function parseJson(name: string, content: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof content === 'string' ? content : new TextDecoder().decode(content));
  } catch (error) {
    const message = `${name} is not JSON (${errorMessage(error)}). Is the file complete?`;
    throw new FormatError('bad-file', message, { cause: error });
  }
}

/** Gives errors of the file system a code and advice. */
export async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR'].includes((error as { code?: string }).code ?? '');
    const message = missing
      ? `There is no model at ${path}.`
      : `${path} cannot be read (${errorMessage(error)}).`;
    throw new FormatError(missing ? 'not-found' : 'read-failed', message, { cause: error });
  }
}
