import { createHash } from 'node:crypto';
import {
  canonicalJson,
  runKey,
  type Activation,
  type Checkpoint,
  type ExperimentEvent,
  type Json,
  type RunScope,
} from '@wellfit/core';
import { writeCheckpoint, type CheckpointOrigin } from '@wellfit/reporters';

/** Seconds between two checkpoints of a run: what a kill may cost, against the time that writing them takes. */
export const checkpointSeconds = 5;

/** What decides the bits of an experiment's runs. */
export function originOf(
  spec: Json,
  backend: string,
  { numerics }: Pick<Activation, 'numerics'>,
  versions: Readonly<Record<string, string>>,
): CheckpointOrigin {
  // Neither who reports nor how many seeds there are changes what one run gives, nor which Node runs it.
  const { reporters: _r, seeds: _s, name: _n, description: _d, ...deciding } = spec as Record<string, Json>;
  const { node: _, ...deciders } = versions;
  const hash = createHash('sha256').update(canonicalJson(deciding)).digest('hex');
  return { spec: hash, backend, numerics, versions: deciders };
}

/** Keeps the checkpoints of an experiment's runs on disk, not more often than asked. */
export class CheckpointKeeper {
  readonly #keptAt = new Map<string, number>();

  /** @param everyMs Shortest time between two checkpoints of a run; infinite for none. */
  constructor(
    private readonly folder: string,
    private readonly origin: CheckpointOrigin,
    private readonly everyMs: number,
  ) {}

  /** For `onCheckpoint` of `runExperiment`. */
  readonly keep = (take: () => Checkpoint, run: RunScope): void => {
    const before = this.#keptAt.get(runKey(run)) ?? -Infinity;
    if (!(performance.now() - before >= this.everyMs)) return;
    writeCheckpoint(this.folder, take(), this.origin);
    this.#keptAt.set(runKey(run), performance.now());
  };

  /** Counts from the start of a run: one that is over within the time needs no checkpoint at all. */
  see(event: ExperimentEvent): void {
    if (event.type === 'run:start') this.#keptAt.set(runKey(event), performance.now());
  }
}
