import { setTimeout as delay } from 'node:timers/promises';
import { DatasetError } from '../dataset-error.js';
import { systemCode, writeError } from './file-errors.js';

const STALE_MS = 10_000;
const POLL_MS = 100;

/** What {@link withLock} needs besides the work itself. */
export interface LockOptions {
  readonly signal?: AbortSignal;
  /** Called once, when another process has the lock. */
  readonly onWait?: () => void;
}

/**
 * Runs `body` while no other process runs one for the same path. The lock is the folder `<path>.lock`; a process that
 * died leaves it behind, and it is taken over after 10 s.
 *
 * @param body Its signal also fires when the lock is lost, for instance after the machine slept.
 * @throws DatasetError `cache-not-writable` or `disk-full` where the lock cannot be made, `lock-lost`; the signal's
 * reason.
 */
export async function withLock<T>(
  path: string,
  body: (signal: AbortSignal) => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  // Loaded late: it listens to signals of the process from then on, which only a download needs.
  const { lock } = await import('proper-lockfile');
  const lost = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, lost.signal]) : lost.signal;
  let waiting = false;
  for (;;) {
    signal.throwIfAborted();
    let release: () => Promise<void>;
    try {
      release = await lock(path, {
        realpath: false,
        stale: STALE_MS,
        onCompromised: (error) => lost.abort(lockLost(path, error)),
      });
    } catch (error) {
      if (systemCode(error) !== 'ELOCKED') throw writeError(`${path}.lock`, error);
      if (!waiting) options.onWait?.();
      waiting = true;
      await delay(POLL_MS, undefined, { signal: options.signal }).catch(() => undefined);
      continue;
    }
    try {
      return await body(signal);
    } finally {
      if (!lost.signal.aborted) await release();
    }
  }
}

function lockLost(path: string, cause: Error): DatasetError {
  return new DatasetError(
    'lock-lost',
    `The lock on ${path} was lost (${cause.message}), so another process may be writing it. Run again.`,
    { cause },
  );
}
