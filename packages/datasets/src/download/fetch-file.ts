import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import { cacheFolder, mirror as mirrorSetting, parseMirror } from '../settings.js';
import { download, type DownloadOptions } from './download.js';
import { messageOf, systemCode, writeError } from './file-errors.js';
import type { RemoteFile } from './remote-file.js';
import { sha256File } from './sha256-file.js';
import { withLock } from './with-lock.js';

/** Where to look for a file; by default what the environment says. */
export interface FetchFileOptions extends DownloadOptions {
  /** As {@link parseMirror} takes it; `WELLFIT_DATASETS` by default, null for none. */
  readonly mirror?: string | null;
  /** {@link cacheFolder} by default. */
  readonly cache?: string;
}

/**
 * Gives the path of a verified copy of a file: in the mirror where that is a folder, else in the cache, downloaded
 * first where it is not there. Of several processes one downloads and the others wait, with the progress stage
 * `waiting`. Other stages: `download`.
 *
 * @throws DatasetError `download-failed` where no address gave the file, `mirror-file-missing` or `wrong-hash` for a
 * mirror folder, `bad-mirror`, `unreadable-file`, `disk-full`, `cache-not-writable`; the signal's reason when it fires.
 */
export async function fetchFile(file: RemoteFile, options: FetchFileOptions = {}): Promise<string> {
  const mirror =
    options.mirror === undefined ? mirrorSetting() : options.mirror && parseMirror(options.mirror);
  if (mirror && 'folder' in mirror) return fromFolder(file, mirror.folder, options.signal);

  const target = join(options.cache ?? cacheFolder(), 'datasets', file.name);
  if (await isVerified(file, target, options.signal)) return target;
  await mkdir(dirname(target), { recursive: true }).catch((error: unknown) => {
    throw writeError(dirname(target), error);
  });
  const urls = mirror ? [`${mirror.address}/${file.name}`, ...file.urls] : file.urls;
  const wait = (): void =>
    options.onProgress?.({ stage: 'waiting', file: file.name, done: 0, total: file.bytes });
  return withLock(
    target,
    async (signal) => {
      // Whoever had the lock before may have brought the file.
      if (!(await isVerified(file, target, signal)))
        await fromAny(file, urls, target, { ...options, signal });
      return target;
    },
    { signal: options.signal, onWait: wait },
  );
}

async function fromFolder(file: RemoteFile, folder: string, signal?: AbortSignal): Promise<string> {
  const path = join(folder, file.name);
  const sha256 = await hashIfThere(path, signal);
  if (sha256 === file.sha256) return path;
  if (sha256 === undefined) {
    throw new DatasetError(
      'mirror-file-missing',
      `WELLFIT_DATASETS is the folder ${folder}, and it holds no ${file.name}. Put the file there (SHA-256 ` +
        `${file.sha256}, from ${file.urls[0]}), or unset WELLFIT_DATASETS to download it.`,
    );
  }
  throw new DatasetError(
    'wrong-hash',
    `${path} has SHA-256 ${sha256}, expected ${file.sha256}: it is damaged, cut off or another file. Replace it by ` +
      `a copy from ${file.urls[0]}, or unset WELLFIT_DATASETS to download it.`,
  );
}

async function fromAny(
  file: RemoteFile,
  urls: readonly string[],
  target: string,
  options: DownloadOptions,
): Promise<void> {
  const failures: { url: string; error: DatasetError }[] = [];
  for (const url of urls) {
    try {
      return await download(file, url, target, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      const here = error instanceof DatasetError ? error : undefined;
      if (here === undefined || here.code === 'disk-full' || here.code === 'cache-not-writable') throw error;
      failures.push({ url, error: here });
    }
  }
  const tried = failures.map(({ url, error }) => `  ${url}: ${error.message}`).join('\n');
  throw new DatasetError(
    'download-failed',
    `${file.name} (${file.bytes} bytes) could not be downloaded. Tried:\n${tried}\n` +
      `Connect to the network and run again, or set WELLFIT_DATASETS to a folder or address that has the file, or ` +
      `put the file with SHA-256 ${file.sha256} at ${target}`,
    { cause: failures[0]?.error },
  );
}

async function isVerified(file: RemoteFile, path: string, signal?: AbortSignal): Promise<boolean> {
  return (await hashIfThere(path, signal)) === file.sha256;
}

/** The hash of a file, or undefined where there is none. */
async function hashIfThere(path: string, signal?: AbortSignal): Promise<string | undefined> {
  try {
    return await sha256File(path, signal);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    signal?.throwIfAborted();
    const reason = code === 'EISDIR' ? 'it is a folder, not a file' : messageOf(error);
    throw new DatasetError(
      'unreadable-file',
      `${path} cannot be read: ${reason}. Remove it, or put a file there that can be read.`,
      { cause: error },
    );
  }
}
