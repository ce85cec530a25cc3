import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelStore, RunScope } from '@wellfit/core';
import { runFolderPath } from '@wellfit/reporters';

/** Keeps the models that a run's callbacks save, in `<arm>/<seed>/models/<name>` of its run folder. */
export function modelStore(folder: string, run: RunScope): ModelStore {
  const pathOf = (name: string): string => join(runFolderPath(folder, run), 'models', name);
  return {
    async save(name, model) {
      const { saveModel } = await import('@wellfit/formats');
      await saveModel(model, pathOf(name), 'tfjs');
    },
    remove: (name) => rm(pathOf(name), { recursive: true, force: true }),
  };
}
