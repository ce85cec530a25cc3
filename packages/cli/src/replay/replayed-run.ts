import type { EpochRecord, RunEvent, RunScope } from '@wellfit/core';
import type { RunRecord } from '@wellfit/reporters';
import { compareLosses, largestDifference, tolerantEpochs, type LogDifference } from './compare-logs.js';
import type { WeightDifference } from './compare-weights.js';

/** Where a replay first differs from its record. */
export interface Difference extends RunScope {
  /** `epoch`: its digest; `loss`: a loss, by more than is allowed; `end`: how the run ended; `final-weights`: their digest. */
  readonly kind: 'epoch' | 'loss' | 'end' | 'final-weights';
  /** For `end` and `final-weights`, the last one. */
  readonly epoch: number;
  readonly recorded: string;
  readonly replayed: string;
  /** Names of the tensors whose hashes differ, and of how many; absent where the record has no hashes of tensors. */
  readonly tensors?: { readonly differing: readonly string[]; readonly of: number };
  /** The logged number that differs most; absent where all are the same. */
  readonly log?: LogDifference;
}

/** How to compare. */
export interface Comparison {
  /** By digests, or, on another backend, by losses within a tolerance. */
  readonly by: 'digests' | 'losses';
  /** Compare no more epochs than this. */
  readonly epochs?: number;
}

/** Compares one run with its record while it is trained again. */
export class ReplayedRun {
  /** Epochs that were the same so far. */
  epochs = 0;
  /** Whether the run's end was compared too: how it ended, and the digest of the final weights. */
  sameEnd = false;
  difference: Difference | undefined;
  /** With `by: 'losses'`, the largest difference so far. */
  largest: (LogDifference & { readonly epoch: number }) | undefined;
  /** By how much weights are off, where the folder has those of that moment; empty where all are the same. */
  weights: readonly WeightDifference[] | undefined;
  /** Where those of the record were found. */
  weightsFrom: string | undefined;
  /** Why something that was saved could not be compared. */
  modelProblem: string | undefined;
  /** Why the run could not be trained again. */
  failure: string | undefined;
  readonly #last: number;
  readonly #toTheEnd: boolean;

  constructor(
    readonly recorded: RunRecord,
    private readonly how: Comparison,
  ) {
    const { length } = recorded.epochs;
    this.#last = Math.min(length, how.epochs ?? length, how.by === 'losses' ? tolerantEpochs : length);
    const ended = ['completed', 'stopped', 'diverged'].includes(recorded.status);
    this.#toTheEnd = ended && how.by === 'digests' && this.#last === length;
  }

  /** Whether the replay is to end with this run: it differs, or failed. */
  get isOver(): boolean {
    return this.difference !== undefined || this.failure !== undefined;
  }

  /** Whether nothing is left to compare after an epoch. A run whose end is compared ends by itself. */
  isDone(epoch: number): boolean {
    return this.difference !== undefined || (epoch >= this.#last && !this.#toTheEnd);
  }

  /** Whether the state at the end of the newest epoch differs: weights of that epoch could tell more. */
  get epochDiffers(): boolean {
    return this.difference?.kind === 'epoch';
  }

  /** Whether only the weights differ that it ended with: the model that it kept could tell more. */
  get endDiffers(): boolean {
    return this.difference?.kind === 'final-weights';
  }

  see(event: RunEvent): void {
    if (this.difference) return;
    if (event.type === 'epoch:end') this.#seeEpoch(event);
    if (event.type === 'run:end') this.#seeEnd(event);
  }

  #seeEpoch(replayed: EpochRecord): void {
    const { epoch } = replayed;
    if (epoch > this.#last) {
      if (this.#toTheEnd) this.#differs('end', epoch, this.#recordedEnd(), 'went on');
      return;
    }
    const recorded = this.recorded.epochs[epoch - 1];
    if (this.how.by === 'losses') this.#compareLosses(recorded, replayed);
    else if (recorded.digest !== replayed.digest) {
      this.#differs('epoch', epoch, recorded.digest, replayed.digest, {
        tensors: compareTensors(recorded.tensors, replayed.tensors),
        log: largestDifference(recorded.logs, replayed.logs),
      });
    }
    if (!this.difference) this.epochs = epoch;
  }

  #compareLosses(recorded: EpochRecord, { epoch, logs }: EpochRecord): void {
    const { largest, tooLarge } = compareLosses(recorded.logs, logs);
    if (largest && largest.difference >= (this.largest?.difference ?? 0))
      this.largest = { ...largest, epoch };
    if (!tooLarge) return;
    this.#differs('loss', epoch, String(tooLarge.recorded), String(tooLarge.replayed), { log: tooLarge });
  }

  #seeEnd(event: Extract<RunEvent, { type: 'run:end' }>): void {
    const { status, reason, epochs, digest } = event;
    if (status === 'cancelled') return;
    if (status === 'failed') {
      // A callback may fail at the very epoch that is the last to compare, as it did when it was recorded.
      if (this.#toTheEnd || epochs < this.#last) this.failure = reason;
      return;
    }
    const end = `${status} after epoch ${epochs}: ${reason}`;
    if (epochs < this.#last) return this.#differs('end', epochs, this.#recordedEnd(), end);
    if (!this.#toTheEnd) return;
    // Weights that are not finite have no digest that can be relied on: a NaN has many forms.
    const diverged = [status, this.recorded.status].filter((one) => one === 'diverged').length;
    if (diverged === 1) return this.#differs('end', epochs, this.#recordedEnd(), end);
    const { digest: before = '' } = this.recorded;
    if (diverged === 0 && before !== digest) return this.#differs('final-weights', epochs, before, digest);
    this.sameEnd = true;
  }

  #recordedEnd(): string {
    const { status, reason, epochs } = this.recorded;
    return `${status} after epoch ${epochs.length}: ${reason}`;
  }

  #differs(
    kind: Difference['kind'],
    epoch: number,
    recorded: string,
    replayed: string,
    details: Pick<Difference, 'tensors' | 'log'> = {},
  ): void {
    const { arm, seed } = this.recorded;
    this.difference = { arm, seed, kind, epoch, recorded, replayed, ...details };
  }
}

function compareTensors(
  recorded: EpochRecord['tensors'],
  replayed: EpochRecord['tensors'] = {},
): Difference['tensors'] {
  if (!recorded) return undefined;
  // Also what only one of the two has.
  const names = [...new Set([...Object.keys(replayed), ...Object.keys(recorded)])];
  return { differing: names.filter((name) => replayed[name] !== recorded[name]), of: names.length };
}
