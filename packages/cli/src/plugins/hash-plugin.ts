import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** What a file imports, as far as it says so in a text. A mention in a comment adds a file at most, and does no harm. */
const IMPORT = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*(['"])([^'"\n]+)\1/g;

/**
 * What a plugin does, as a number: the first 16 hex digits of a SHA-256 over the content of its file, of the files that these
 * import by a relative path, and of the `package.json` of the packages that they import, which holds their versions. Where the
 * files lie plays no part. Imports by a computed name are not followed.
 *
 * @param path The plugin's own file, which exists.
 */
export function hashPlugin(path: string): string {
  const seen = new Set<string>();
  const hash = createHash('sha256');
  const add = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const content = readFileSync(file);
    // Hashes of hashes: where one file ends and the next begins makes a difference.
    hash.update(createHash('sha256').update(content).digest());
    if (!/\.[cm]?[jt]s$/.test(file)) return;
    for (const [, , name] of content.toString().matchAll(IMPORT)) {
      const imported = fileOf(name, file);
      if (imported !== undefined) add(imported);
    }
  };
  add(path);
  return hash.digest('hex').slice(0, 16);
}

/** The file that stands for an import: itself, or the manifest of a package; undefined for what comes with Node. */
function fileOf(name: string, importer: string): string | undefined {
  if (/^(\.{0,2}\/|\.{1,2}$)/.test(name)) {
    const path = resolve(dirname(importer), name);
    // `require` needs no ending.
    return [path, `${path}.js`, `${path}.cjs`, `${path}.json`, join(path, 'index.js')].find(isFile);
  }
  const [, packageName = name] = /^((?:@[^/]+\/)?[^/]+)/.exec(name) ?? [];
  if (name.startsWith('node:') || builtinModules.includes(packageName)) return undefined;
  const places = createRequire(importer).resolve.paths(packageName) ?? [];
  return places.map((modules) => join(modules, packageName, 'package.json')).find(isFile);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
