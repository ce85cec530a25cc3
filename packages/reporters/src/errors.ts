import { WellfitError } from '@wellfit/core';

/**
 * Errors of `@wellfit/reporters`: `write-failed`, `read-failed`, `bad-run-folder`, `unsafe-name`, `unknown-metric`,
 * `nothing-to-draw`, `bad-image`, `mixed-numerics`, `bad-checkpoint`.
 */
export class ReporterError extends WellfitError {}

const writingAdvice: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space, or choose a path on another disk',
  EDQUOT: 'the disk quota is used up; free some space, or choose a path on another disk',
  EACCES: 'permission denied; choose a path that you may write to',
  EPERM: 'not permitted; choose a path that you may write to',
  EROFS: 'the file system is read-only; choose a path on another one',
  ENOENT: 'a folder of this path does not exist; create it, or choose another path',
  ENOTDIR: 'a part of this path is a file, not a folder; choose another path',
  EISDIR: 'this is a folder; name a file in it',
  EFBIG: 'the file would be larger than is allowed here; raise the limit, or choose a path on another disk',
};

const readingAdvice: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; name the folder of a run that wellfit has recorded',
  ENOTDIR: 'a part of this path is a file, not a folder; name the folder of a run that wellfit has recorded',
  EACCES: 'permission denied; change its permissions, or read it as a user who may',
  EPERM: 'not permitted; change its permissions, or read it as a user who may',
  EISDIR: 'this is a folder where a file should be; restore the file, or run the experiment again',
};

/**
 * Runs an operation that writes to a file and says on failure which file it was and what to do.
 *
 * @throws ReporterError `write-failed`.
 */
export function writing<T>(path: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw new ReporterError('write-failed', `Could not write ${path}: ${cause(error, writingAdvice)}.`, {
      cause: error,
    });
  }
}

/**
 * Runs an operation that reads a file of a run's folder and says on failure which file it was and what to do.
 *
 * @throws ReporterError `read-failed`.
 */
export function reading<T>(path: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw new ReporterError('read-failed', `Could not read ${path}: ${cause(error, readingAdvice)}.`, {
      cause: error,
    });
  }
}

function cause(error: unknown, advice: Readonly<Record<string, string>>): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined ? advice[code] : undefined) ?? message;
}
