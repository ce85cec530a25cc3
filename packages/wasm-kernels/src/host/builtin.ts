import type * as files from 'node:fs/promises';
import type * as modules from 'node:module';
import type * as os from 'node:os';
import type * as v8 from 'node:v8';
import type * as threads from 'node:worker_threads';

/** Modules of Node that this package uses where there is a Node. */
interface Builtins {
  'node:fs/promises': typeof files;
  'node:module': typeof modules;
  'node:os': typeof os;
  'node:v8': typeof v8;
  'node:worker_threads': typeof threads;
}

/**
 * A module of Node; undefined in a browser. Not by `import`, which bundlers for browsers would try to resolve.
 */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return host.process?.getBuiltinModule?.(name) as Builtins[Name] | undefined;
}
