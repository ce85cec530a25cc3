import { existsSync } from 'node:fs';
import { isWellfitError, runKey, type EarlierRun, type RunScope } from '@wellfit/core';
import {
  readCheckpoint,
  readRunEvents,
  type CheckpointOrigin,
  type ExperimentRecord,
  type RunRecord,
} from '@wellfit/reporters';
import { CliError } from '../errors.js';
import { modelFolder } from '../saved-models/find-runs.js';

/** What an interrupted experiment has of its runs. */
export interface EarlierRuns {
  /** For `earlier` of `runExperiment`. */
  readonly of: (run: RunScope) => EarlierRun | undefined;
  /** How many runs are over, go on from a checkpoint, and start at their first epoch. */
  readonly ended: number;
  readonly continued: number;
  readonly fresh: number;
  /** What could not be used, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Looks at every run of an interrupted experiment. One that failed or was cancelled goes on from its checkpoint; a
 * damaged checkpoint costs its run's epochs, and is told.
 *
 * @param origin What computes now.
 * @param options `anew`: pass over all checkpoints. `models`: a run without its model is not over while it has a checkpoint.
 * @throws CliError `other-checkpoint` where a checkpoint was computed by something else; ReporterError for files that
 * wellfit did not write.
 */
export function earlierRuns(
  folder: string,
  { start, runs }: ExperimentRecord,
  origin: CheckpointOrigin,
  options: { readonly anew: boolean; readonly models: boolean },
): EarlierRuns {
  const { arms = [], seeds = [], numerics } = start ?? {};
  const known = new Map<string, EarlierRun>();
  const notes: string[] = [];
  for (const scope of seeds.flatMap((seed) => arms.map((arm) => ({ arm, seed })))) {
    const record = runs.find(({ arm, seed }) => arm === scope.arm && seed === scope.seed);
    const lacksModel = options.models && !existsSync(modelFolder(folder, scope));
    const checkpoint =
      isOver(record) && !lacksModel
        ? undefined
        : usable(folder, scope, { origin, anew: options.anew, notes });
    if (isOver(record) && !checkpoint) {
      known.set(runKey(scope), { events: readRunEvents(folder, scope, numerics) });
    } else {
      if (checkpoint) known.set(runKey(scope), { checkpoint });
    }
  }
  const ended = [...known.values()].filter((run) => 'events' in run).length;
  return {
    of: (run) => known.get(runKey(run)),
    ended,
    continued: known.size - ended,
    fresh: arms.length * seeds.length - known.size,
    notes,
  };
}

/** Whether there is nothing left to do for a run. */
export function isOver(run: Pick<RunRecord, 'status'> | undefined): boolean {
  return run?.status === 'completed' || run?.status === 'stopped' || run?.status === 'diverged';
}

interface Use {
  readonly origin: CheckpointOrigin;
  readonly anew: boolean;
  readonly notes: string[];
}

function usable(folder: string, run: RunScope, { origin, anew, notes }: Use) {
  if (anew) return undefined;
  const name = `${run.arm}, seed ${run.seed}`;
  let read: ReturnType<typeof readCheckpoint>;
  try {
    read = readCheckpoint(folder, run);
  } catch (error) {
    if (!isWellfitError(error) || error.code !== 'bad-checkpoint') throw error;
    notes.push(`${name} starts at its first epoch: ${error.message}`);
    return undefined;
  }
  if (!read) return undefined;
  const different = difference(read.origin, origin);
  if (different === undefined) return read.checkpoint;
  throw new CliError(
    'other-checkpoint',
    `The checkpoint of ${name} cannot be continued bit for bit: ${different}. Resume with what made it, or train its ` +
      `unfinished runs from their first epoch with --anew.`,
  );
}

/** What computed a checkpoint, where it is not what computes now. */
export function difference(made: CheckpointOrigin, here: CheckpointOrigin): string | undefined {
  if (made.spec !== here.spec) return 'it is of another specification than the one in experiment.json';
  if (made.backend !== here.backend)
    return `it was computed by the backend ${made.backend}, here ${here.backend} computes`;
  if (made.numerics !== here.numerics)
    return `it was computed with ${made.numerics} numerics, here they are ${here.numerics}`;
  const names = [...new Set([...Object.keys(made.versions), ...Object.keys(here.versions)])];
  const other = names.find((name) => made.versions[name] !== here.versions[name]);
  if (other === undefined) return undefined;
  return `it was made with ${other} ${made.versions[other] ?? '(none)'}, here it is ${here.versions[other] ?? 'missing'}`;
}
