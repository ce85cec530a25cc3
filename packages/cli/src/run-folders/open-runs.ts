import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExperimentEvent } from '@wellfit/core';
import { CliError } from '../errors.js';
import { findRuns, runFolderHint, type FoundRuns } from '../saved-models/find-runs.js';

/** The recorded runs of a path, with the start that a run folder always has. */
export interface OpenedRuns extends FoundRuns {
  readonly start: Extract<ExperimentEvent, { readonly type: 'experiment:start' }>;
}

/**
 * Reads the recorded runs that a path stands for: those of a run folder, of an arm or of a run in it.
 *
 * @throws CliError `unreadable` where there are none; ReporterError as `readRunFolder`.
 */
export function openRuns(reference: string, cwd: string): OpenedRuns {
  const path = resolve(cwd, reference);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) {
    throw unreadable(`There is no ${reference}. \`wellfit runs\` lists the run folders there are.`);
  }
  const opened = found.isDirectory() ? findRuns(path, reference, {}) : undefined;
  if (!opened) {
    const hint = found.isDirectory() ? runFolderHint(path, reference) : '.';
    throw unreadable(
      `${reference} is no run folder and lies in none: there is no experiment.json${hint} \`wellfit runs\` lists those ` +
        'there are.',
    );
  }
  const { start } = opened.experiment;
  if (!start) throw new TypeError('a run folder is read with its start');
  if (path !== opened.root && opened.runs.length + opened.missing.length === 0) {
    const { arms } = start;
    throw unreadable(`${reference} is the folder of no arm; the experiment has ${arms.join(', ')}.`);
  }
  return { ...opened, start };
}

function unreadable(message: string): CliError {
  return new CliError('unreadable', message);
}
