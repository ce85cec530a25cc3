import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { formats, loadModel } from '@wellfit/formats';
import type { ExportArguments } from '../commands/export.js';
import { CliError } from '../errors.js';
import { findSavedModels } from './find-saved-models.js';

const ENDINGS = { tfjs: '', 'keras-h5': '.h5', keras: '.keras' } as const;

/**
 * Writes one model in another format.
 *
 * @returns What to tell the user.
 * @throws CliError `usage` where several models are meant or the target exists; FormatError where it cannot be written.
 */
export async function exportModel(reference: string, options: ExportArguments, cwd: string): Promise<string> {
  const { out, force = false } = options;
  const format = options.format ?? formatOf(out);
  const { models } = findSavedModels(reference, options, cwd);
  if (models.length > 1) {
    const [{ run }] = models;
    const example = run ? `--arms ${run.arm} --seed ${run.seed}` : '--seed';
    throw new CliError(
      'usage',
      `${reference} holds ${models.length} models; choose one, for instance by ${example}.`,
    );
  }
  const [{ path, run }] = models;
  const saved = await loadModel(path);
  const name = out ?? `${run ? `${run.arm}-${run.seed}` : saved.config.name}${ENDINGS[format]}`;
  const target = freeTarget(name, force, cwd);
  await formats[format].save(saved, target);
  return `${[...saved.notes.map((note) => `note: ${note}`), `model:  ${relative(cwd, target) || target} (${format})`].join('\n')}\n`;
}

/** What the ending of a name asks for. */
function formatOf(name = ''): keyof typeof ENDINGS {
  if (/\.keras$/i.test(name)) return 'keras';
  return /\.(h5|hdf5)$/i.test(name) ? 'keras-h5' : 'tfjs';
}

/** @throws CliError `usage` where something is there already. */
export function freeTarget(name: string, force: boolean, cwd: string): string {
  const target = resolve(cwd, name);
  if (existsSync(target) && !force) {
    throw new CliError(
      'usage',
      `${name} exists already; choose another --out, or add --force to write over it.`,
    );
  }
  return target;
}
