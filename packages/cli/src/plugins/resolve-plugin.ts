import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The file of a plugin: a path that starts with a dot, a slash or `file:` is taken from the first folder; a package
 * is looked for from each folder in turn, as an import there would.
 *
 * @throws Error whose message says what was looked for and where.
 */
export function resolvePlugin(plugin: string, folders: readonly string[]): string {
  const isPath = /^(\.{0,2}[/\\]|[A-Za-z]:[/\\]|file:)/.test(plugin);
  if (isPath) {
    const path = plugin.startsWith('file:') ? fileURLToPath(plugin) : resolve(folders[0], plugin);
    if (!existsSync(path)) throw new Error(`there is no file ${path}`);
    if (statSync(path).isDirectory()) throw new Error(`${path} is a folder; name the file in it`);
    return path;
  }
  for (const folder of folders) {
    const found = resolvePackage(plugin, folder);
    if (found) return found;
  }
  const asFile = existsSync(resolve(folders[0], plugin)) ? `For the file, write ./${plugin}. ` : '';
  throw new Error(`no such package is installed. ${asFile}For a package: npm install ${plugin}`);
}

function resolvePackage(name: string, folder: string): string | undefined {
  const require = createRequire(join(folder, 'experiment.yaml'));
  const root = require.resolve
    .paths(name)
    ?.map((modules) => join(modules, name))
    .find((path) => existsSync(join(path, 'package.json')));
  if (root) {
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports?: unknown };
    const entry = importEntry(exports);
    if (entry !== undefined) return join(root, entry);
  }
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

/** The file that `import` takes of a package's `exports`; Node's own resolver offers only that of `require`. */
function importEntry(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  for (const [condition, target] of Object.entries(exports)) {
    if (!['.', 'node', 'import', 'default'].includes(condition)) continue;
    const entry = importEntry(target);
    if (entry !== undefined) return entry;
  }
  return undefined;
}
