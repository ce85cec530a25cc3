import { existsSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { buildModel, loadModel, saveModel } from '@wellfit/formats';
import { CliError } from '../errors.js';
import { freeTarget } from './export-model.js';

/**
 * Reads a model of another program and keeps it as a folder.
 *
 * @returns What to tell the user: the layers, what was left out, and where the model is.
 * @throws CliError `unreadable` or `usage`; FormatError where wellfit cannot represent the model.
 */
export async function importModel(
  path: string,
  { out, force = false }: { readonly out?: string; readonly force?: boolean },
  cwd: string,
): Promise<string> {
  const source = resolve(cwd, path);
  if (!existsSync(source)) throw new CliError('unreadable', `There is no ${path}.`);
  const { activateBackend } = await import('./activate-backend.js');
  await activateBackend('auto', { threads: 1 });
  const saved = await loadModel(source);
  const target = freeTarget(out ?? `${basename(path).replace(/\.(keras|h5|hdf5)$/, '')}-wellfit`, force, cwd);
  const model = buildModel(saved);
  try {
    await saveModel(model, target, 'tfjs');
    const lines = [model.summary(), ...saved.notes.map((note) => `note: ${note}`)];
    return `${[...lines, `model:  ${relative(cwd, target) || target}`].join('\n')}\n`;
  } finally {
    model.dispose();
  }
}
