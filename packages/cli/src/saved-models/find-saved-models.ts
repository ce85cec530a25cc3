import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RunScope, RunStatus } from '@wellfit/core';
import type { ExperimentRecord } from '@wellfit/reporters';
import { CliError } from '../errors.js';
import { findRuns, MODEL, modelFolder, runFolderHint, type RunChoice } from './find-runs.js';

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

/**
 * Finds the models that a path stands for: those of the runs that `findRuns` finds, or a model's own folder or file.
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
  const recorded = found.isDirectory() ? findRuns(path, reference, choice) : undefined;
  if (recorded === undefined) {
    return { models: [{ path: loneModel(reference, path, found.isFile()) }] };
  }
  const { root, experiment, runs } = recorded;
  const models = runs
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
  throw new CliError(
    'unreadable',
    `${reference} is neither a run folder nor the folder of a model${runFolderHint(path, reference)}`,
  );
}
