import type { Callback } from '../contracts/callback.js';
import type { Checkpoint } from '../contracts/checkpoint.js';
import type { EpochRecord, RunEvent, RunScope } from '../contracts/events.js';
import type { Model } from '../contracts/model.js';
import type { Optimizer } from '../contracts/optimizer.js';
import { callbackStates } from './resume-callbacks.js';
import { restoreState, saveState } from './saved-state.js';
import { WeightSlots } from './weight-slots.js';

/** What a run knows of itself from one epoch to the next: what a checkpoint holds. Whoever made it disposes it. */
export class RunState {
  /** Finished epochs, oldest first. */
  readonly history: EpochRecord[] = [];
  readonly slots: WeightSlots;
  /** Steps made. */
  steps = 0;
  /** The epoch whose weights the model has, where a callback restored them. */
  restoredEpoch: number | undefined;
  /** Steps made when the last epoch was recorded: its logs describe the weights only until the next step. */
  #recordedSteps = 0;
  #earlierMs = 0;
  readonly #events: RunEvent[] = [];

  constructor(
    private readonly model: Model,
    private readonly optimizer: Optimizer,
  ) {
    this.slots = new WeightSlots(model);
  }

  /** Time of the epochs before the checkpoint from which the run went on, in milliseconds. */
  get earlierMs(): number {
    return this.#earlierMs;
  }

  /** Whether the weights are those that the last epoch's logs describe. */
  get isAsRecorded(): boolean {
    return this.history.length > 0 && this.steps === this.#recordedSteps;
  }

  record(epoch: EpochRecord): void {
    this.history.push(epoch);
    this.#recordedSteps = this.steps;
  }

  /** Keeps an event for checkpoints, unless it is of a step. */
  see(event: RunEvent): void {
    if (event.type !== 'step:end') this.#events.push(event);
  }

  /** Copies everything, between two epochs. */
  checkpoint(scope: RunScope, callbacks: readonly Callback[]): Checkpoint {
    const { model, optimizer, slots, restoredEpoch } = this;
    return {
      ...scope,
      epoch: this.history.length,
      steps: this.steps,
      learningRate: optimizer.learningRate,
      ...(restoredEpoch !== undefined && { restoredEpoch }),
      events: [...this.#events],
      callbacks: callbackStates(callbacks),
      ...saveState({ model, optimizer, slots }),
    };
  }

  /**
   * Puts everything as it was.
   *
   * @param show Given the events of before, one after the other, while `history` grows with them.
   * @throws CoreError `bad-checkpoint`.
   */
  resume(checkpoint: Checkpoint, show: (event: RunEvent) => void): void {
    const { model, optimizer, slots } = this;
    restoreState({ model, optimizer, slots }, checkpoint);
    for (const event of checkpoint.events) {
      const again = { ...event, recorded: true } as const;
      this.see(again);
      if (event.type === 'epoch:end') {
        const { type: _, arm: _arm, seed: _seed, recorded: _recorded, ...epoch } = event;
        this.history.push(epoch);
        this.#earlierMs += epoch.durationMs;
        // A callback that is shown the epoch may look at the learning rate, which was this.
        optimizer.learningRate = epoch.learningRate;
      }
      show(again);
    }
    this.steps = this.#recordedSteps = checkpoint.steps;
    this.restoredEpoch = checkpoint.restoredEpoch;
    optimizer.learningRate = checkpoint.learningRate;
  }

  dispose(): void {
    this.slots.dispose();
  }
}
