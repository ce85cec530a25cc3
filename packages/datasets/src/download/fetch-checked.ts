import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import { cacheFolder, mirror as mirrorSetting, parseMirror } from '../settings.js';
import type { CheckedFile } from './checked-file.js';
import { downloadChecked, type DownloadOptions, type DownloadSource } from './download-checked.js';
import { messageOf, systemCode, writeError } from './file-errors.js';
import { withLock } from './with-lock.js';

/** Where to look for a file; by default what the environment says. */
export interface FetchFileOptions extends DownloadOptions {
  /** As {@link parseMirror} takes it; `WELLFIT_DATASETS` by default, null for none. */
  readonly mirror?: string | null;
  /** {@link cacheFolder} by default. */
  readonly cache?: string;
}

/** A right copy of a file. */
export interface FetchedFile<T> {
  readonly path: string;
  /** What `file.read` made of it. */
  readonly value: T;
}

/**
 * Reads a right copy of a file: in the mirror where that is a folder, else in the cache, downloaded first where none is
 * there. Reading is checking, so that a large archive is gone through once.
 *
 * @throws DatasetError as `fetchFile`; for a wrong copy in a mirror folder with the code that `file.read` gave it.
 */
export async function fetchChecked<T>(
  file: CheckedFile<T>,
  options: FetchFileOptions = {},
): Promise<FetchedFile<T>> {
  const mirror =
    options.mirror === undefined ? mirrorSetting() : options.mirror && parseMirror(options.mirror);
  if (mirror && 'folder' in mirror) return fromFolder(file, mirror.folder, options);

  const target = join(options.cache ?? cacheFolder(), 'datasets', file.name);
  const cached = await readIfRight(file, target, options);
  if (cached) return cached;
  await mkdir(dirname(target), { recursive: true }).catch((error: unknown) => {
    throw writeError(dirname(target), error);
  });
  const sources: DownloadSource[] = file.urls.map((url) => ({ url, bytes: file.bytes }));
  if (mirror) {
    const bytes = file.mostBytes === undefined ? file.bytes : undefined;
    sources.unshift({ url: `${mirror.address}/${file.name}`, bytes });
  }
  const wait = (): void =>
    options.onProgress?.({ stage: 'waiting', file: file.name, done: 0, total: file.bytes });
  return withLock(
    target,
    async (signal) => {
      // Whoever had the lock before may have brought the file.
      const brought = await readIfRight(file, target, { ...options, signal });
      return brought ?? fromAny(file, sources, target, { ...options, signal });
    },
    { signal: options.signal, onWait: wait },
  );
}

async function fromFolder<T>(
  file: CheckedFile<T>,
  folder: string,
  options: FetchFileOptions,
): Promise<FetchedFile<T>> {
  const path = join(folder, file.name);
  const found = await readIfThere(file, path, options).catch((error: unknown) => {
    if (!isWrongCopy(error)) throw error;
    throw new DatasetError(
      error.code,
      `${path} is damaged, cut off or another file: ${error.message}. Replace it by a copy from ${file.urls[0]}, or ` +
        `unset WELLFIT_DATASETS to download it.`,
      { cause: error },
    );
  });
  if (found) return found;
  throw new DatasetError(
    'mirror-file-missing',
    `WELLFIT_DATASETS is ${folder}, which holds no ${file.name}. Put the file there (${file.identity}, ` +
      `from ${file.urls[0]}), or unset WELLFIT_DATASETS to download it.`,
  );
}

async function fromAny<T>(
  file: CheckedFile<T>,
  sources: readonly DownloadSource[],
  target: string,
  options: DownloadOptions,
): Promise<FetchedFile<T>> {
  const failures: { url: string; error: DatasetError }[] = [];
  for (const source of sources) {
    try {
      return { path: target, value: await downloadChecked(file, source, target, options) };
    } catch (error) {
      options.signal?.throwIfAborted();
      const here = error instanceof DatasetError ? error : undefined;
      if (here === undefined || here.code === 'disk-full' || here.code === 'cache-not-writable') throw error;
      failures.push({ url: source.url, error: here });
    }
  }
  const tried = failures.map(({ url, error }) => `  ${url}: ${error.message}`).join('\n');
  throw new DatasetError(
    'download-failed',
    `${file.name} (${file.bytes} bytes) could not be downloaded. Tried:\n${tried}\n` +
      `Connect to the network and run again, or set WELLFIT_DATASETS to a folder or address that has the file, or ` +
      `put the file ${file.identity} at ${target}`,
    { cause: failures[0]?.error },
  );
}

/** Nothing where there is no copy, or a wrong one, which a new one then replaces. */
async function readIfRight<T>(
  file: CheckedFile<T>,
  path: string,
  options: FetchFileOptions,
): Promise<FetchedFile<T> | undefined> {
  return readIfThere(file, path, options).catch((error: unknown) => {
    if (isWrongCopy(error)) return undefined;
    throw error;
  });
}

async function readIfThere<T>(
  file: CheckedFile<T>,
  path: string,
  options: FetchFileOptions,
): Promise<FetchedFile<T> | undefined> {
  try {
    return { path, value: await file.read(path, options) };
  } catch (error) {
    options.signal?.throwIfAborted();
    const code = systemCode(error);
    if (error instanceof DatasetError || code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const reason = code === 'EISDIR' ? 'it is a folder, not a file' : messageOf(error);
    throw new DatasetError(
      'unreadable-file',
      `${path} cannot be read: ${reason}. Remove it, or put a file there that can be read.`,
      { cause: error },
    );
  }
}

function isWrongCopy(error: unknown): error is DatasetError {
  return error instanceof DatasetError && error.code !== 'unreadable-file';
}
