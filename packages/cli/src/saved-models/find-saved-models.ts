import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { RunScope, RunStatus } from '@wellfit/core';
import { readRunFolder, runFolderPath, type ExperimentRecord } from '@wellfit/reporters';
import { CliError } from '../errors.js';

/** Folder of the model within a run's own folder. */
const MODEL = 'model';

/** A model on disk, and the run it comes from where it was made by `wellfit run`. */
export interface FoundModel {
  /** Path that `loadModel` takes. */
  readonly path: string;
  readonly run?: RunScope;
  /** How the run ended; absent without one. */
  readonly status?: RunStatus;
}

/** What a path stands for. */
export interface SavedModels {
  readonly models: readonly FoundModel[];
  /** The experiment that the runs belong to. */
  readonly experiment?: ExperimentRecord;
}

/** Which runs of an experiment are meant. */
export interface RunChoice {
  readonly arms?: readonly string[];
  readonly seed?: number;
}

/** Where a run of an experiment keeps its trained model. */
export function modelFolder(folder: string, run: RunScope): string {
  return join(runFolderPath(folder, run), MODEL);
}

/**
 * Finds the models that a path stands for: a run folder (`runs/<name>-<time>-<random>`), the folder of one arm or of
 * one run in it, or a model's own folder or file.
 *
 * @throws CliError `unreadable` where there is nothing, or no model in it; `unknown-arm`; ReporterError as `readRunFolder`.
 */
export function findSavedModels(reference: string, choice: RunChoice, cwd: string): SavedModels {
  const path = resolve(cwd, reference);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) {
    throw new CliError(
      'unreadable',
      `There is no ${reference}. Give a run folder, or a model's folder or file.`,
    );
  }
  const root = found.isDirectory() ? experimentRoot(path) : undefined;
  if (root === undefined) {
    return { models: [{ path: loneModel(reference, path, found.isFile()) }] };
  }
  const experiment = readRunFolder(root);
  const within = (run: RunScope): boolean =>
    [root, join(root, run.arm), runFolderPath(root, run), modelFolder(root, run)].includes(path);
  const known = experiment.start?.arms ?? [];
  const wrong = choice.arms?.find((arm) => !known.includes(arm));
  if (wrong !== undefined) {
    throw new CliError(
      'unknown-arm',
      `There is no arm ${wrong} in ${reference}; it has ${known.join(', ')}.`,
    );
  }
  const models = experiment.runs
    .filter(({ arm, seed }) => within({ arm, seed }))
    .filter(({ arm }) => choice.arms?.includes(arm) ?? true)
    .filter(({ seed }) => choice.seed === undefined || seed === choice.seed)
    .map(({ arm, seed, status }) => ({ path: modelFolder(root, { arm, seed }), run: { arm, seed }, status }))
    .filter((model) => existsSync(model.path));
  if (models.length === 0) {
    throw new CliError(
      'unreadable',
      `${reference} holds no saved model of the runs asked for. Models are saved when a run ends, unless it was made ` +
        `with --no-models; run the experiment again.`,
    );
  }
  return { models, experiment };
}

/** A model outside of run folders: a file, the folder itself, or the folder `model` in it. */
function loneModel(reference: string, path: string, isFile: boolean): string {
  if (isFile || existsSync(join(path, 'model.json'))) return path;
  if (existsSync(join(path, MODEL, 'model.json'))) return join(path, MODEL);
  const runs = readdirSync(path).filter((name) => existsSync(join(path, name, 'experiment.json')));
  throw new CliError(
    'unreadable',
    `${reference} is neither a run folder nor the folder of a model` +
      (runs.length > 0
        ? `; it holds run folders, choose one: ${join(reference, runs[runs.length - 1])}`
        : '.'),
  );
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
