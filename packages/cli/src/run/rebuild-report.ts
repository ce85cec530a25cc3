import { join, resolve } from 'node:path';
import { readRunFolder, renderReport, writeAtomically } from '@wellfit/reporters';
import { analysisOf } from '../run-folders/analysis-of.js';

/**
 * Writes `report.html` of a run folder from the files in it.
 *
 * @returns Its path.
 * @throws ReporterError where the folder cannot be read or the report not be written.
 */
export async function rebuildReport(folder: string, cwd: string): Promise<string> {
  const record = readRunFolder(resolve(cwd, folder));
  const html = await renderReport(record, analysisOf(record));
  const path = join(folder, 'report.html');
  writeAtomically(resolve(cwd, path), html);
  return path;
}
