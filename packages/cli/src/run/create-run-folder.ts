import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../errors.js';

/**
 * Creates the folder of one run of an experiment: `<out>/<name>-<time>-<random>`, time in UTC.
 *
 * Making the folder is what claims the name, so two commands that start at once never share one.
 *
 * @throws CliError `run-folder`.
 */
export async function createRunFolder(out: string, name: string, now = new Date()): Promise<string> {
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  try {
    await mkdir(out, { recursive: true });
    for (;;) {
      const folder = join(out, `${name}-${time}-${randomBytes(3).toString('hex')}`);
      if (await claimed(folder)) return folder;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(
      'run-folder',
      `No folder for the results can be made in ${out}: ${reason}. Choose another one by --out.`,
      { cause: error },
    );
  }
}

async function claimed(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
