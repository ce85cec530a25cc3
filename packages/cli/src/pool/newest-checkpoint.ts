import { canonicalJson, isWellfitError, type Checkpoint, type RunScope } from '@wellfit/core';
import { readCheckpoint, type CheckpointOrigin } from '@wellfit/reporters';

/**
 * The checkpoint from which a run can go on whose worker died: the one that this experiment has kept. One that an earlier
 * version left behind, or that is damaged, is none.
 */
export function newestCheckpoint(
  folder: string,
  run: RunScope,
  origin: CheckpointOrigin,
): Checkpoint | undefined {
  try {
    const read = readCheckpoint(folder, run);
    return read && canonicalJson(read.origin) === canonicalJson(origin) ? read.checkpoint : undefined;
  } catch (error) {
    if (isWellfitError(error)) return undefined;
    throw error;
  }
}
