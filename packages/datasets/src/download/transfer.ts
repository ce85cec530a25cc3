import { open } from 'node:fs/promises';
import { DatasetError } from '../dataset-error.js';
import { messageOf, systemCode, writeError } from './file-errors.js';

/** One request for the rest of a file. */
export interface Transfer {
  readonly url: string;
  /** File that is appended to. */
  readonly part: string;
  /** Bytes that `part` has already. */
  readonly have: number;
  /** Bytes of the whole file, where known. */
  readonly bytes?: number;
  /** Whatever the server says, more bytes are not taken. */
  readonly mostBytes: number;
  /** What the same server said of the file before, so that it does not continue another version. */
  readonly etag?: string;
  readonly stallTimeoutMs: number;
  readonly signal?: AbortSignal;
  /** Called with the size of `part` as it grows. */
  readonly onBytes: (size: number) => void;
  /** Called before any data with the server's entity tag and the size of the whole file, where it says so. */
  readonly onAnswer: (answer: { readonly etag?: string; readonly bytes?: number }) => void;
}

/**
 * Downloads what is missing of a file with one request, and starts it over where the server ignores the range.
 * What arrived stays in `part` whatever happens.
 *
 * @throws DatasetError `http-status`, `connection-failed`, `stalled`, `unexpected-size`, `disk-full`,
 * `cache-not-writable`; the signal's reason when it fires.
 */
export async function transfer(job: Transfer): Promise<void> {
  const stalled = new AbortController();
  const signals = job.signal ? [job.signal, stalled.signal] : [stalled.signal];
  const timer = setTimeout(() => stalled.abort(), job.stallTimeoutMs);
  try {
    const response = await fetch(job.url, { headers: headers(job), signal: AbortSignal.any(signals) });
    const { from, total } = extentOf(response, job);
    if (response.body === null) throw new DatasetError('connection-failed', 'the answer has no body');
    job.onAnswer({ etag: response.headers.get('etag') ?? undefined, bytes: total });
    await append(response.body, job, from, () => timer.refresh());
  } catch (error) {
    job.signal?.throwIfAborted();
    if (error instanceof DatasetError) throw error;
    if (stalled.signal.aborted) {
      throw new DatasetError('stalled', `nothing arrived for ${job.stallTimeoutMs / 1000} s`, {
        cause: error,
      });
    }
    throw new DatasetError('connection-failed', reasonOf(error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function headers({ have, etag }: Transfer): Record<string, string> {
  // A compressed answer could not be continued in the middle.
  const fields: Record<string, string> = { 'accept-encoding': 'identity' };
  if (have > 0) fields.range = `bytes=${have}-`;
  // Only a strong tag may stand in If-Range (RFC 9110, 13.1.5).
  if (have > 0 && etag && !etag.startsWith('W/')) fields['if-range'] = etag;
  return fields;
}

/** Where in the file the answer begins, and where it ends if it says so. */
function extentOf(
  response: Response,
  { have, bytes, mostBytes }: Transfer,
): { readonly from: number; readonly total?: number } {
  const { status } = response;
  if (status !== 200 && status !== 206) {
    void response.body?.cancel();
    throw new DatasetError('http-status', `HTTP ${status} ${response.statusText}`.trimEnd(), {
      cause: { status },
    });
  }
  const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  const from = status === 206 ? Number(range?.[1] ?? NaN) : 0;
  const length = response.headers.get('content-length');
  const total = length === null ? bytes : from + Number(length);
  const wrongSize = bytes === undefined ? (total ?? 0) > mostBytes : total !== bytes;
  if ((from !== have && from !== 0) || Number.isNaN(from) || wrongSize) {
    void response.body?.cancel();
    const expected = bytes === undefined ? `at most ${mostBytes}` : `${have} to ${bytes}`;
    throw new DatasetError(
      'unexpected-size',
      `the server offers bytes ${from} to ${total}, expected ${expected}: it has another file`,
    );
  }
  return { from, total };
}

async function append(
  body: AsyncIterable<Uint8Array>,
  job: Transfer,
  from: number,
  onActivity: () => void,
): Promise<void> {
  const failed = (error: unknown): never => {
    throw writeError(job.part, error);
  };
  const file = await open(job.part, from === 0 ? 'w' : 'a').catch(failed);
  let size = from;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > job.mostBytes) {
        throw new DatasetError('unexpected-size', `more than the expected ${job.mostBytes} bytes arrived`);
      }
      await file.appendFile(chunk).catch(failed);
      onActivity();
      job.onBytes(size);
    }
    await file.datasync().catch(ignoreUnsupported).catch(failed);
  } finally {
    await file.close().catch(failed);
  }
  if (job.bytes !== undefined && size < job.bytes) {
    throw new DatasetError('connection-failed', `the connection ended after ${size} of ${job.bytes} bytes`);
  }
}

/** Some file systems cannot sync; that is no reason to fail. */
function ignoreUnsupported(error: unknown): void {
  if (systemCode(error) !== 'EINVAL') throw error;
}

/** What is behind fetch's "fetch failed" and "terminated". */
function reasonOf(error: unknown): string {
  const cause = (error as { cause?: unknown }).cause ?? error;
  const code = systemCode(cause);
  const message = messageOf(cause);
  return code === undefined || message.includes(code) ? message : `${message} (${code})`.trimStart();
}
