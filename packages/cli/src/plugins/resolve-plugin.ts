import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The file of a plugin: a path that starts with a dot, a slash or `file:` is taken from the first folder; a package,
 * or a path that its `exports` offer (`some-package/callback`), is looked for from each folder in turn, as an import
 * there would.
 *
 * @throws Error whose message says what was looked for and where.
 */
export function resolvePlugin(plugin: string, folders: readonly string[]): string {
  const isPath = /^(\.{1,2}$|\.{0,2}[/\\]|[A-Za-z]:[/\\]|file:)/.test(plugin);
  if (isPath) {
    const path = plugin.startsWith('file:') ? fileURLToPath(plugin) : resolve(folders[0], plugin);
    if (!existsSync(path)) throw new Error(`there is no file ${path}`);
    if (statSync(path).isDirectory()) throw new Error(`${path} is a folder; name the file in it`);
    return path;
  }
  const [, name = plugin, inside = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(plugin) ?? [];
  let root: string | undefined;
  for (const folder of folders) {
    const require = createRequire(join(folder, 'experiment.yaml'));
    const here = packageRoot(name, require);
    const found = (here && importedFile(here, `.${inside}`)) ?? requiredFile(plugin, require);
    if (found !== undefined) return found;
    root ??= here;
  }
  const asFile = existsSync(resolve(folders[0], plugin)) ? `For the file, write ./${plugin}. ` : '';
  throw new Error(
    root === undefined
      ? `no such package is installed. ${asFile}For a package: npm install ${name}`
      : `the package ${name} in ${root} offers no ${inside === '' ? 'module' : `.${inside}`}. ${asFile}`.trim(),
  );
}

function packageRoot(name: string, require: NodeJS.Require): string | undefined {
  return require.resolve
    .paths(name)
    ?.map((modules) => join(modules, name))
    .find((path) => existsSync(join(path, 'package.json')));
}

/** What an import of a package's subpath takes, as far as its `exports` name that subpath. */
function importedFile(root: string, subpath: string): string | undefined {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const { exports } = JSON.parse(manifest) as { readonly exports?: unknown };
  const entry = importEntry(subpathTarget(exports, subpath));
  return entry === undefined ? undefined : join(root, entry);
}

/** What Node's own resolver finds, which only knows how to `require`. */
function requiredFile(plugin: string, require: NodeJS.Require): string | undefined {
  try {
    return require.resolve(plugin);
  } catch {
    return undefined;
  }
}

/** What `exports` say of a subpath; without subpaths they speak of the package itself. */
function subpathTarget(exports: unknown, subpath: string): unknown {
  const hasSubpaths = isRecord(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  if (hasSubpaths) return Object.hasOwn(exports, subpath) ? exports[subpath] : undefined;
  return subpath === '.' ? exports : undefined;
}

/** The file that `import` takes of what `exports` offer under conditions. */
function importEntry(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (!isRecord(target)) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    if (!['node', 'import', 'default'].includes(condition)) continue;
    const entry = importEntry(inner);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
