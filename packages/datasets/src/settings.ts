import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import { DatasetError } from './dataset-error.js';
import { messageOf } from './download/file-errors.js';

/**
 * The folder in which downloads are kept: the environment variable `WELLFIT_CACHE` where it is set, else the place
 * that the operating system has for caches (`~/.cache/wellfit` on Linux).
 */
export function cacheFolder(): string {
  return env.WELLFIT_CACHE || envPaths('wellfit', { suffix: '' }).cache;
}

/** Where dataset files are looked for first. */
export type Mirror = { readonly folder: string } | { readonly address: string };

/**
 * The environment variable `WELLFIT_DATASETS`, see {@link parseMirror}; undefined where it is not set.
 *
 * @throws DatasetError `bad-mirror`.
 */
export function mirror(): Mirror | undefined {
  return env.WELLFIT_DATASETS ? parseMirror(env.WELLFIT_DATASETS) : undefined;
}

/**
 * Reads the setting of a mirror: a folder, as a path or `file:` address, or an http(s) address.
 *
 * @throws DatasetError `bad-mirror` for an address of another kind.
 */
export function parseMirror(setting: string): Mirror {
  // One letter before the colon is a drive of Windows.
  const scheme = /^([a-z][a-z0-9+.-]+):\//i.exec(setting)?.[1].toLowerCase();
  if (scheme === undefined) return { folder: setting };
  if (scheme === 'http' || scheme === 'https') return { address: setting.replace(/\/*$/, '') };
  try {
    if (scheme === 'file') return { folder: fileURLToPath(setting) };
  } catch (error) {
    throw badMirror(setting, ` (${messageOf(error)})`, error);
  }
  throw badMirror(setting);
}

function badMirror(setting: string, why = '', cause?: unknown): DatasetError {
  return new DatasetError(
    'bad-mirror',
    `WELLFIT_DATASETS is ${setting}, which is neither a folder nor an http(s) address${why}. Set it to one of ` +
      `these, or unset it.`,
    { cause },
  );
}
