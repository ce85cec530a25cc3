import { rename, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoadContext } from '@wellfit/core';
import { DatasetError } from '../dataset-error.js';
import { writeError } from './file-errors.js';
import type { RemoteFile } from './remote-file.js';
import { sha256File } from './sha256-file.js';
import { transfer } from './transfer.js';

/** How to download; every value has a default. */
export interface DownloadOptions extends LoadContext {
  /** Give up on a connection that brings nothing for so long; 30,000 by default. */
  readonly stallTimeoutMs?: number;
  /** Give up after so many attempts in a row that brought no new byte; 3 by default. */
  readonly attempts?: number;
  /** Pause before the second attempt, doubled before each further one; 500 by default. */
  readonly retryDelayMs?: number;
}

/**
 * Downloads a file to `target`, which appears whole and verified or not at all. Continues in `<target>.part` what an
 * earlier attempt left, in this process or another.
 *
 * The part is kept when the download is aborted or the connection fails, and removed when its hash is wrong or the
 * disk is full.
 *
 * @throws DatasetError as {@link transfer}, and `wrong-hash`; the signal's reason when it fires.
 */
export async function download(
  file: RemoteFile,
  url: string,
  target: string,
  options: DownloadOptions = {},
): Promise<void> {
  const part = `${target}.part`;
  try {
    const resumed = await complete(file, url, part, options);
    let sha256 = await sha256File(part, options.signal);
    if (sha256 !== file.sha256 && resumed) {
      // What was there before may be of another file: once more, from the start.
      await rm(part, { force: true });
      await complete(file, url, part, options);
      sha256 = await sha256File(part, options.signal);
    }
    if (sha256 !== file.sha256) {
      throw new DatasetError('wrong-hash', `the file has SHA-256 ${sha256}, expected ${file.sha256}`);
    }
    await rename(part, target).catch((error: unknown) => {
      throw writeError(target, error);
    });
  } catch (error) {
    const code = error instanceof DatasetError ? error.code : '';
    if (code === 'wrong-hash' || code === 'disk-full') await rm(part, { force: true });
    throw error;
  }
}

/** Fills the part to its full size; tells whether it began with bytes from an earlier download. */
async function complete(
  file: RemoteFile,
  url: string,
  part: string,
  { signal, onProgress, stallTimeoutMs = 30_000, attempts = 3, retryDelayMs = 500 }: DownloadOptions,
): Promise<boolean> {
  const { name, bytes } = file;
  let have = await sizeOf(part);
  const resumed = have > 0;
  let furthest = have;
  let etag: string | undefined;
  for (let fruitless = 0; have !== bytes;) {
    if (have > bytes) have = 0;
    onProgress?.({ stage: 'download', file: name, done: have, total: bytes });
    try {
      await transfer({
        url,
        part,
        have,
        bytes,
        etag,
        stallTimeoutMs,
        signal,
        onBytes: (done) => onProgress?.({ stage: 'download', file: name, done, total: bytes }),
        onEtag: (value) => (etag = value),
      });
    } catch (error) {
      if (!mayPass(error)) throw error;
      have = await sizeOf(part);
      fruitless = have > furthest ? 0 : fruitless + 1;
      if (fruitless >= attempts) throw error;
      await delay(retryDelayMs * 2 ** Math.max(0, fruitless - 1), undefined, { signal }).catch(
        () => undefined,
      );
      signal?.throwIfAborted();
    }
    have = await sizeOf(part);
    furthest = Math.max(furthest, have);
  }
  return resumed;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** Whether trying again makes sense. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof DatasetError)) return false;
  if (error.code === 'connection-failed' || error.code === 'stalled') return true;
  if (error.code !== 'http-status') return false;
  const { status } = error.cause as { status: number };
  return status >= 500 || status === 429 || status === 408;
}
