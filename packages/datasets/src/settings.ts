import { env } from 'node:process';
import envPaths from 'env-paths';

/**
 * The folder in which downloads are kept: the environment variable `WELLFIT_CACHE` where it is set, else the place
 * that the operating system has for caches (`~/.cache/wellfit` on Linux).
 */
export function cacheFolder(): string {
  return env.WELLFIT_CACHE || envPaths('wellfit', { suffix: '' }).cache;
}

/**
 * Where dataset files are looked for first: the environment variable `WELLFIT_DATASETS`, a folder or an http(s)
 * address; undefined where it is not set.
 */
export function mirror(): string | undefined {
  return env.WELLFIT_DATASETS || undefined;
}
