import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorMessage, type RunScope } from '@wellfit/core';
import { readRunFolder, runFolderPath, type ExperimentRecord, type RunRecord } from '@wellfit/reporters';
import { CliError } from '../errors.js';

/** Folder of the model within a run's own folder. */
export const MODEL = 'model';

/** Which runs of an experiment are meant. */
export interface RunChoice {
  readonly arms?: readonly string[];
  readonly seed?: number;
}

/** The recorded runs that a path stands for. */
export interface FoundRuns {
  /** The run folder, which holds `experiment.json`. */
  readonly root: string;
  readonly experiment: ExperimentRecord;
  readonly runs: readonly RunRecord[];
  /** Runs of the experiment that are meant too, of which nothing is recorded. */
  readonly missing: readonly RunScope[];
}

/** Where a run of an experiment keeps its trained model. */
export function modelFolder(folder: string, run: RunScope): string {
  return join(runFolderPath(folder, run), MODEL);
}

/**
 * Finds the runs that a path stands for: all of a run folder (`runs/<name>-<time>-<random>`), or those of the folder of
 * one arm, of one run or of its model in it.
 *
 * @param path An absolute path; `reference` is what the user wrote, for messages.
 * @returns Undefined where the path lies in no run folder.
 * @throws CliError `unknown-arm`; ReporterError as `readRunFolder`.
 */
export function findRuns(path: string, reference: string, choice: RunChoice): FoundRuns | undefined {
  const root = experimentRoot(path);
  if (root === undefined) return undefined;
  const experiment = readRunFolder(root);
  const { arms = [], seeds = [] } = experiment.start ?? {};
  const wrong = choice.arms?.find((arm) => !arms.includes(arm));
  if (wrong !== undefined) {
    throw new CliError('unknown-arm', `There is no arm ${wrong} in ${reference}; it has ${arms.join(', ')}.`);
  }
  const isMeant = ({ arm, seed }: RunScope): boolean => {
    const run = { arm, seed };
    const within = [root, join(root, arm), runFolderPath(root, run), modelFolder(root, run)].includes(path);
    return (
      within && (choice.arms?.includes(arm) ?? true) && (choice.seed === undefined || seed === choice.seed)
    );
  };
  const planned = seeds.flatMap((seed) => arms.map((arm) => ({ arm, seed })));
  const isRecorded = (run: RunScope): boolean =>
    experiment.runs.some(({ arm, seed }) => arm === run.arm && seed === run.seed);
  return {
    root,
    experiment,
    runs: experiment.runs.filter(isMeant),
    missing: planned.filter((run) => isMeant(run) && !isRecorded(run)),
  };
}

/** For a folder that is no run folder but holds some: which one could be meant, as a clause for a message. */
export function runFolderHint(path: string, reference: string): string {
  let runs: string[];
  try {
    runs = readdirSync(path).filter((name) => existsSync(join(path, name, 'experiment.json')));
  } catch (error) {
    return ` that can be read (${errorMessage(error)}).`;
  }
  return runs.length > 0
    ? `; it holds run folders, choose one: ${join(reference, runs[runs.length - 1])}`
    : '.';
}

/** The run folder that a path lies in: itself, or up to three levels above it. */
function experimentRoot(path: string): string | undefined {
  let at = path;
  for (let level = 0; level <= 3; level++) {
    if (existsSync(join(at, 'experiment.json'))) return at;
    at = dirname(at);
  }
  return undefined;
}
