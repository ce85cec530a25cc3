import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RunScope } from '@wellfit/core';
import type { RunRecord } from '@wellfit/reporters';
import { CliError } from '../errors.js';
import { findRuns, runFolderHint, type FoundRuns, type RunChoice } from '../saved-models/find-runs.js';

/** The runs to be trained again. */
export interface RecordedRuns extends Omit<FoundRuns, 'missing'> {
  /** Those that are meant too, but have nothing to compare with. */
  readonly skipped: readonly RunScope[];
}

/**
 * Finds the recorded runs that a path stands for.
 *
 * @throws CliError `unreadable` where there is nothing recorded; `unknown-arm`; ReporterError as `readRunFolder`.
 */
export function findRecordedRuns(reference: string, choice: RunChoice, cwd: string): RecordedRuns {
  const path = resolve(cwd, reference);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) {
    throw new CliError('unreadable', `There is no ${reference}. Give a folder that \`wellfit run\` made.`);
  }
  const recorded = found.isDirectory() ? findRuns(path, reference, choice) : undefined;
  if (!recorded) {
    const hint = found.isDirectory() ? runFolderHint(path, reference) : '.';
    throw new CliError(
      'unreadable',
      `${reference} is no run folder and lies in none: there is no experiment.json${hint}`,
    );
  }
  const { missing, ...others } = recorded;
  const runs = others.runs.filter(isComparable);
  if (runs.length === 0) {
    throw new CliError(
      'unreadable',
      `${reference} holds no finished epoch of the runs asked for, so there is nothing to compare a replay with.`,
    );
  }
  for (const run of runs) checkEpochs(run, reference);
  const empty = others.runs.filter((run) => !isComparable(run)).map(({ arm, seed }) => ({ arm, seed }));
  return { ...others, runs, skipped: [...missing, ...empty] };
}

/** A run that diverged in its first epoch has none, and its replay must do the same. */
function isComparable({ epochs, status }: RunRecord): boolean {
  return epochs.length > 0 || status === 'diverged';
}

/** Lines may be missing in the middle of a damaged file, and each of them may be well formed. */
function checkEpochs({ arm, seed, epochs }: RunRecord, reference: string): void {
  const gap = epochs.findIndex(({ epoch }, i) => epoch !== i + 1);
  if (gap < 0) return;
  throw new CliError(
    'unreadable',
    `The record of ${arm}, seed ${seed}, in ${reference} has no epoch ${gap + 1} where it should stand: its ` +
      `events.jsonl is damaged. Restore the file, or replay other runs by --arms and --seed.`,
  );
}
