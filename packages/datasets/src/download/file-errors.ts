import { DatasetError } from '../dataset-error.js';

/** The system's code of an error, such as `ENOENT`, where it has one. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The message of whatever was thrown. Not by `instanceof`: errors of Node may come from another realm. */
export function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : String(error);
}

/** Turns a failure to write into a {@link DatasetError}: `disk-full` or `cache-not-writable`. */
export function writeError(path: string, error: unknown): DatasetError {
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new DatasetError(
      'disk-full',
      `The disk is full: ${path} could not be written (${code}). What was written of it is removed. Free some ` +
        `space, or set WELLFIT_CACHE to a folder on another disk.`,
      { cause: error },
    );
  }
  return new DatasetError(
    'cache-not-writable',
    `${path} could not be written: ${messageOf(error)}. Set WELLFIT_CACHE to a folder that can be written.`,
    { cause: error },
  );
}
