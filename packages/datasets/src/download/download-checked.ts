import { rename, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoadContext } from '@wellfit/core';
import { DatasetError } from '../dataset-error.js';
import type { CheckedFile } from './checked-file.js';
import { writeError } from './file-errors.js';
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

/** An address, and the exact size of what it gives where that is known. */
export interface DownloadSource {
  readonly url: string;
  readonly bytes?: number;
}

/**
 * Downloads and reads a file, which appears at `target` whole and right or not at all. Continues in `<target>.part`
 * what an earlier attempt left, in this process or, where the size is known, in another.
 *
 * The part is kept when the download is aborted or the connection fails, and removed when it is wrong or the disk is
 * full.
 *
 * @returns What `file.read` made of it.
 * @throws DatasetError as {@link transfer}, and as `file.read`; the signal's reason when it fires.
 */
export async function downloadChecked<T>(
  file: CheckedFile<T>,
  source: DownloadSource,
  target: string,
  options: DownloadOptions = {},
): Promise<T> {
  const part = `${target}.part`;
  let arrived = false;
  try {
    const resumed = await complete(file, source, part, options);
    arrived = true;
    const value = await file.read(part, options).catch(async (error: unknown) => {
      if (!resumed || !(error instanceof DatasetError)) throw error;
      // What was there before may be of another file: once more, from the start.
      await rm(part, { force: true });
      await complete(file, source, part, options);
      return file.read(part, options);
    });
    await rename(part, target).catch((error: unknown) => {
      throw writeError(target, error);
    });
    return value;
  } catch (error) {
    const code = error instanceof DatasetError ? error.code : undefined;
    const passing = code === undefined || isTransferError(code);
    // What came from a copy of unknown size may be of another archive: no other address can go on from it.
    const useless = source.bytes === undefined || code === 'disk-full' || (arrived && !passing);
    if (useless) await rm(part, { force: true });
    throw error;
  }
}

/** Fills the part to its full size; tells whether it began with bytes from an earlier download. */
async function complete<T>(
  { name, mostBytes }: CheckedFile<T>,
  { url, bytes: known }: DownloadSource,
  part: string,
  { signal, onProgress, stallTimeoutMs = 30_000, attempts = 3, retryDelayMs = 500 }: DownloadOptions,
): Promise<boolean> {
  // Without its size nobody can tell whether a part from another process is of this file, or is all of it.
  if (known === undefined) await rm(part, { force: true });
  let bytes = known;
  let have = await sizeOf(part);
  const resumed = have > 0;
  let furthest = have;
  let etag: string | undefined;
  for (let fruitless = 0; have !== bytes;) {
    if (bytes !== undefined && have > bytes) have = 0;
    const report = (done: number): void =>
      onProgress?.({ stage: 'download', file: name, done, ...(bytes !== undefined && { total: bytes }) });
    report(have);
    try {
      await transfer({
        url,
        part,
        have,
        bytes,
        mostBytes: bytes ?? mostBytes ?? Infinity,
        etag,
        stallTimeoutMs,
        signal,
        onBytes: report,
        onAnswer: (answer) => {
          etag = answer.etag;
          bytes ??= answer.bytes;
        },
      });
      // A transfer that ends well has brought everything.
      bytes ??= await sizeOf(part);
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

const transferCodes = [
  'http-status',
  'connection-failed',
  'stalled',
  'unexpected-size',
  'cache-not-writable',
];

function isTransferError(code: string): boolean {
  return transferCodes.includes(code);
}

/** Whether trying again makes sense. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof DatasetError)) return false;
  if (error.code === 'connection-failed' || error.code === 'stalled') return true;
  if (error.code !== 'http-status') return false;
  const { status } = error.cause as { status: number };
  return status >= 500 || status === 429 || status === 408;
}
