import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { RunScope } from '@wellfit/core';
import { readRunFolder, runFolderPath, type ExperimentRecord } from '@wellfit/reporters';
import { CliError } from '../errors.js';

/** Folder of the model within a run's own folder. */
const MODEL = 'model';

/** A model on disk, and the run it comes from where it was made by `wellfit run`. */
export interface FoundModel {
  /** Path that `loadModel` takes. */
  readonly path: string;
  readonly run?: RunScope;
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
    const model = existsSync(join(path, 'model.json')) || found.isFile() || !existsSync(join(path, MODEL));
    return { models: [{ path: model ? path : join(path, MODEL) }] };
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
    .map(({ arm, seed }) => ({ path: modelFolder(root, { arm, seed }), run: { arm, seed } }))
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

/** The run folder that a path lies in: itself, or up to three levels above it. */
function experimentRoot(path: string): string | undefined {
  let at = path;
  for (let level = 0; level <= 3; level++) {
    if (existsSync(join(at, 'experiment.json'))) return at;
    at = dirname(at);
  }
  return undefined;
}
