import { rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { analyzeExperiment } from '@wellfit/analysis';
import type { ExperimentEvent } from '@wellfit/core';
import { readRunFolder, renderReport, type ExperimentRecord } from '@wellfit/reporters';
import { CliError } from '../errors.js';

/**
 * Writes `report.html` of a run folder from the files in it.
 *
 * @returns Its path.
 * @throws ReporterError where the folder cannot be read; CliError `unwritable`.
 */
export async function rebuildReport(folder: string, cwd: string): Promise<string> {
  const html = await renderReport(withEnd(readRunFolder(resolve(cwd, folder))));
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

/** A run that was killed has no end: what it did is analyzed now. */
function withEnd(record: ExperimentRecord): ExperimentRecord {
  const { start, end, runs } = record;
  if (end || !start) return record;
  const made: Extract<ExperimentEvent, { type: 'experiment:end' }> = {
    type: 'experiment:end',
    status: 'cancelled',
    durationMs: runs.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0),
    analysis: analyzeExperiment(runs, { baseline: start.baseline, arms: start.arms }),
  };
  return { ...record, end: made };
}
