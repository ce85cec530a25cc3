import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExperimentEvent, RunScope } from '@wellfit/core';
import { removeCheckpoint, runFolderPath } from '@wellfit/reporters';
import { modelFolder } from '../saved-models/find-runs.js';

/**
 * Removes the checkpoints of runs that need none any more: as soon as their end is on the disk, and their model where one
 * is kept. Until then a kill would cost the run.
 */
export class EndedRuns {
  #ended: RunScope[] = [];

  constructor(
    private readonly folder: string,
    private readonly models: boolean,
  ) {}

  see(event: ExperimentEvent): void {
    // At the event behind the end, for reporters come after us; and not at each of the many steps.
    if (event.type !== 'step:end' && this.#ended.length > 0) this.#remove((run) => this.#hasModel(run));
    if (event.type !== 'run:end') return;
    const { arm, seed, status } = event;
    if (status === 'completed' || status === 'stopped' || status === 'diverged')
      this.#ended.push({ arm, seed });
  }

  /** All runs are over, and no model will come any more. */
  close(): void {
    this.#remove(() => true);
  }

  #remove(isDone: (run: RunScope) => boolean): void {
    const done = this.#ended.filter((run) => isDone(run) && this.#isRecorded(run));
    this.#ended = this.#ended.filter((run) => !done.includes(run));
    for (const run of done) {
      try {
        removeCheckpoint(this.folder, run);
      } catch {
        // It takes room, and is of no use and no harm.
      }
    }
  }

  #hasModel(run: RunScope): boolean {
    return !this.models || existsSync(join(modelFolder(this.folder, run), 'model.json'));
  }

  #isRecorded(run: RunScope): boolean {
    const path = join(runFolderPath(this.folder, run), 'events.jsonl');
    return existsSync(path) && readFileSync(path, 'utf8').includes('"type":"run:end"');
  }
}
