import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkpoint, RunScope } from '@wellfit/core';
import { ReporterError, reading } from '../errors.js';
import { runFolderPath } from '../run-folder-layout.js';
import { writeAtomically } from '../write-atomically.js';
import type { CheckpointOrigin } from './checkpoint-layout.js';
import { decodeCheckpoint } from './decode-checkpoint.js';
import { encodeCheckpoint } from './encode-checkpoint.js';

/** Larger ones were not written by wellfit. */
const LARGEST = 2 ** 31;

/**
 * Keeps the newest checkpoint of a run in its folder, `<arm>/<seed>/checkpoint/latest`: readers see the one before or
 * this one, never a part, whenever the process is killed.
 *
 * @param folder The run folder of the experiment.
 * @throws ReporterError `write-failed`, `unsafe-name`.
 */
export function writeCheckpoint(folder: string, checkpoint: Checkpoint, origin: CheckpointOrigin): void {
  writeAtomically(pathOf(folder, checkpoint), encodeCheckpoint(checkpoint, origin));
}

/**
 * The checkpoint of a run; undefined where it has none.
 *
 * @throws ReporterError `read-failed`; `bad-checkpoint` for a damaged one or that of another run.
 */
export function readCheckpoint(
  folder: string,
  run: RunScope,
): ReturnType<typeof decodeCheckpoint> | undefined {
  const path = pathOf(folder, run);
  if (!existsSync(path)) return undefined;
  const status = reading(path, () => statSync(path));
  const { size } = status;
  // Whoever opened a pipe would wait for a writer.
  if (!status.isFile() && !status.isDirectory()) throw bad(path, 'is no file');
  if (size > LARGEST) throw bad(path, `has ${size} bytes, more than wellfit writes`);
  const bytes = reading(path, () => readFileSync(path));
  const read = decodeCheckpoint(bytes, path);
  const { arm, seed } = read.checkpoint;
  if (arm !== run.arm || seed !== run.seed) throw bad(path, `is that of ${arm}, seed ${seed}`);
  return read;
}

/** Removes the checkpoint of a run that needs none any more, and what a killed process may have left of another. */
export function removeCheckpoint(folder: string, run: RunScope): void {
  rmSync(join(runFolderPath(folder, run), 'checkpoint'), { recursive: true, force: true });
}

function pathOf(folder: string, run: RunScope): string {
  return join(runFolderPath(folder, run), 'checkpoint', 'latest');
}

function bad(path: string, what: string): ReporterError {
  return new ReporterError(
    'bad-checkpoint',
    `${path} ${what}. Remove it, and the run starts from its first epoch.`,
  );
}
