import { join, resolve } from 'node:path';
import { analyzeExperiment } from '@wellfit/analysis';
import type { ExperimentAnalysis } from '@wellfit/core';
import { readRunFolder, renderReport, writeAtomically, type ExperimentRecord } from '@wellfit/reporters';

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

/** A run that was killed has no analysis: what it did is analyzed now. */
function analysisOf({ start, end, runs }: ExperimentRecord): ExperimentAnalysis | undefined {
  if (end || !start) return end?.analysis;
  return analyzeExperiment(runs, { baseline: start.baseline, arms: start.arms });
}
