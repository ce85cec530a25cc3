import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../experiments/', import.meta.url);

/** Paths of the experiments that come with the command, by name. */
export async function builtinExperiments(): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.yaml'));
  const names = files.map((file) => file.slice(0, -'.yaml'.length)).sort();
  return new Map(names.map((name) => [name, fileURLToPath(new URL(`${name}.yaml`, FOLDER))]));
}
