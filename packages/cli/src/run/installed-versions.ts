import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ownVersion } from '../own-version.js';

const DECIDING = [
  '@wellfit/core',
  '@wellfit/datasets',
  '@wellfit/layers',
  '@wellfit/models',
  '@wellfit/regularizers',
  '@wellfit/callbacks',
  '@wellfit/analysis',
  '@wellfit/backends',
  '@tensorflow/tfjs-core',
];

/** What `@wellfit/backends` computes with, and only it knows where to find. */
const OF_BACKENDS = [
  '@wellfit/wasm-kernels',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-cpu',
];

/**
 * Versions of what decides an experiment's numbers, by package, as installed; for the record. Those of a native library come
 * from its activation, those of plugins from their files.
 */
export function installedVersions(): Readonly<Record<string, string>> {
  const here = createRequire(import.meta.url);
  const backends = createRequire(here.resolve('@wellfit/backends/package.json'));
  return {
    node: process.versions.node,
    wellfit: ownVersion(),
    ...versionsOf(DECIDING, here),
    ...versionsOf(OF_BACKENDS, backends),
  };
}

function versionsOf(packages: readonly string[], require: NodeJS.Require): Readonly<Record<string, string>> {
  const versions = packages.map((name): [string, string] => {
    const manifest = readFileSync(require.resolve(`${name}/package.json`), 'utf8');
    return [name, (JSON.parse(manifest) as { version: string }).version];
  });
  return Object.fromEntries(versions);
}
