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
  '@tensorflow/tfjs-core',
];

/** Versions of what decides an experiment's numbers, by package, as installed; for the record. */
export function installedVersions(): Readonly<Record<string, string>> {
  const require = createRequire(import.meta.url);
  const packages = DECIDING.map((name): [string, string] => {
    const manifest = readFileSync(require.resolve(`${name}/package.json`), 'utf8');
    return [name, (JSON.parse(manifest) as { version: string }).version];
  });
  return { node: process.versions.node, wellfit: ownVersion(), ...Object.fromEntries(packages) };
}
