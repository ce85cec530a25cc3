import { rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { analyzeExperiment } from '@wellfit/analysis';
import type { ExperimentAnalysis } from '@wellfit/core';
import { readRunFolder, renderReport, type ExperimentRecord } from '@wellfit/reporters';
import { CliError } from '../errors.js';

/**
 * Writes `report.html` of a run folder from the files in it.
 *
 * @returns Its path.
 * @throws ReporterError where the folder cannot be read; CliError `unwritable`.
 */
export async function rebuildReport(folder: string, cwd: string): Promise<string> {
  const record = readRunFolder(resolve(cwd, folder));
  const html = await renderReport(record, analysisOf(record));
  const path = join(folder, 'report.html');
  const target = resolve(cwd, path);
  const unfinished = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, html);
    await rename(unfinished, target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError('unwritable', `${path} cannot be written: ${reason}.`, { cause: error });
  }
  return path;
}

/** A run that was killed has no analysis: what it did is analyzed now. */
function analysisOf({ start, end, runs }: ExperimentRecord): ExperimentAnalysis | undefined {
  if (end || !start) return end?.analysis;
  return analyzeExperiment(runs, { baseline: start.baseline, arms: start.arms });
}
