import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where a package lies and which version it is. */
export interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
}

/** Finds an installed package as an import in this file would, without loading it; undefined where it is missing. */
export function installedPackage(name: string): InstalledPackage | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return { folder: dirname(manifest), version };
  } catch {
    return undefined;
  }
}

/** The path of a file of an installed package. */
export function packageFile({ folder }: InstalledPackage, ...path: readonly string[]): string {
  return join(folder, ...path);
}
