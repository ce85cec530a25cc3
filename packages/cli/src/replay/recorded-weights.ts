import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage } from '@wellfit/core';
import { loadModel } from '@wellfit/formats';
import { readCheckpoint, runFolderPath, type RunRecord } from '@wellfit/reporters';
import { MODEL } from '../saved-models/find-runs.js';

/** The weights that a recorded run had. */
export interface RecordedWeights {
  /** Where they were found, for instance `checkpoint` or `models/best`. */
  readonly from: string;
  readonly values: ReadonlyMap<string, ArrayLike<number>>;
}

/**
 * The weights that a run had at the end of an epoch, as far as its folder holds them: in its checkpoint, the model that it
 * ended with, or one that a callback saved. Which epoch a model is of its hashes tell, as each epoch has recorded those of
 * its weights; of a record without them, the last model is taken as that of the last epoch.
 *
 * @param root The run folder of the experiment.
 * @returns Undefined where nothing of that epoch is there; `problem` says why something could not be read.
 */
export async function recordedWeights(
  root: string,
  run: RunRecord,
  epoch: number,
): Promise<{ readonly found?: RecordedWeights; readonly problem?: string }> {
  const problems: string[] = [];
  for (const read of readers(root, run, epoch)) {
    try {
      const found = await read();
      if (found) return { found };
    } catch (error) {
      problems.push(errorMessage(error));
    }
  }
  return problems.length > 0 ? { problem: problems[0] } : {};
}

type Reader = () => RecordedWeights | undefined | Promise<RecordedWeights | undefined>;

function readers(root: string, run: RunRecord, epoch: number): Reader[] {
  const folder = runFolderPath(root, run);
  const saved = join(folder, 'models');
  const models = [MODEL, ...(existsSync(saved) ? readdirSync(saved).map((name) => `models/${name}`) : [])];
  return [
    () => fromCheckpoint(root, run, epoch),
    ...models.map((from) => async (): Promise<RecordedWeights | undefined> => {
      if (!existsSync(join(folder, from))) return undefined;
      const { weights } = await loadModel(join(folder, from));
      const values = new Map([...weights].map(([name, weight]) => [name, weight.values]));
      return isOf(epoch, values, run, from) ? { from, values } : undefined;
    }),
  ];
}

function fromCheckpoint(root: string, run: RunRecord, epoch: number): RecordedWeights | undefined {
  const { checkpoint } = readCheckpoint(root, run) ?? {};
  if (checkpoint?.epoch !== epoch) return undefined;
  const weights = checkpoint.tensors.filter(({ name }) => name.startsWith('weights/'));
  const values = new Map(weights.map((one) => [one.name.slice('weights/'.length), one.values]));
  return { from: 'checkpoint', values };
}

function isOf(
  epoch: number,
  values: ReadonlyMap<string, Float32Array>,
  { epochs, restoredEpoch }: RunRecord,
  from: string,
): boolean {
  const { tensors } = epochs[epoch - 1];
  if (!tensors) return from === MODEL && epoch === epochs.length && restoredEpoch === undefined;
  return [...values].every(([name, weight]) => tensors[name] === shortHash(weight));
}

/** As `EpochRecord.tensors` has them. */
function shortHash({ buffer, byteOffset, byteLength }: Float32Array): string {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return createHash('sha256').update(bytes).digest('hex').slice(0, 8);
}
