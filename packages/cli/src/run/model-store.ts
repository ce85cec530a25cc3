import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model, ModelStore, RunScope } from '@wellfit/core';
import { runFolderPath } from '@wellfit/reporters';
import { modelFolder } from '../saved-models/find-runs.js';

/** Keeps the models that a run's callbacks save, in `<arm>/<seed>/models/<name>` of its run folder. */
export function modelStore(folder: string, run: RunScope): ModelStore {
  const pathOf = (name: string): string => join(runFolderPath(folder, run), 'models', name);
  return {
    save: (name, model) => saveIn(pathOf(name), model),
    remove: (name) => rm(pathOf(name), { recursive: true, force: true }),
  };
}

/** Keeps the model that a run ends with, in `<arm>/<seed>/model`. */
export function keepModel(folder: string, model: Model, run: RunScope): Promise<void> {
  return saveIn(modelFolder(folder, run), model);
}

async function saveIn(path: string, model: Model): Promise<void> {
  const { saveModel } = await import('@wellfit/formats');
  await saveModel(model, path, 'tfjs');
}
