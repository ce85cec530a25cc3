import {
  callbackError,
  digestTensors,
  Steering,
  WeightSlots,
  type Callback,
  type EpochRecord,
  type Logs,
  type RunCommand,
  type RunEvent,
  type RunScope,
  type RunStatus,
  type Weight,
} from '@wellfit/core';
import { CallbackError } from '../errors.js';
import { BatchMeans, epochLogs, penaltyOf, type FitLogs } from './fit-logs.js';
import type { FitModel } from './fit-model.js';
import { rateOf, setRate } from './optimizer-rate.js';

interface Ending {
  readonly status: RunStatus;
  readonly reason: string;
}

interface Extent {
  readonly epochs: number;
  readonly rows: number;
  readonly stepsPerEpoch: number;
}

/** Omits `arm` and `seed` from each member of the union of run events. */
type Unscoped<E> = E extends unknown ? Omit<E, keyof RunScope> : never;

/** One `model.fit` as a run: its callbacks see the events and steer it. */
export class FitRun {
  readonly #steering: Steering;
  readonly #slots: WeightSlots;
  readonly #history: EpochRecord[] = [];
  readonly #extent: Extent;
  readonly #started = performance.now();
  #means = new BatchMeans();
  #epoch = { started: 0, learningRate: 0 };
  /** Epoch whose steps are under way; its logs are not known yet. */
  #isWithinEpoch = false;
  #ending: Ending | undefined;
  #restoredEpoch: number | undefined;

  constructor(
    private readonly model: FitModel,
    callbacks: readonly Callback[],
    private readonly scope: RunScope,
  ) {
    this.#extent = extentOf(model);
    this.#slots = new WeightSlots({
      get weights() {
        return weightsOf(model);
      },
    });
    this.#steering = new Steering(callbacks, {
      ...scope,
      epochs: this.#extent.epochs,
      history: this.#history,
      get learningRate() {
        return rateOf(model.optimizer);
      },
    });
  }

  /** @param dataset What to call the data. */
  begin(dataset: string): void {
    const { epochs, rows, stepsPerEpoch } = this.#extent;
    const lines: string[] = [];
    this.model.summary(undefined, undefined, (line = '') => lines.push(line));
    this.#ask({
      type: 'run:start',
      dataset,
      trainRows: rows,
      epochs,
      stepsPerEpoch,
      parameters: this.model.countParams(),
      summary: lines.join('\n'),
    });
  }

  /** @param epoch Counted from 1. */
  beginEpoch(epoch: number): void {
    this.#means = new BatchMeans();
    this.#epoch = { started: performance.now(), learningRate: rateOf(this.model.optimizer) };
    this.#isWithinEpoch = true;
    this.#restoredEpoch = undefined;
    if (!this.#ending) this.#ask({ type: 'epoch:start', epoch });
    // Once more, since `fit` forgets what it was told when training began.
    if (this.#ending) this.model.stopTraining = true;
  }

  /** @param step Counted from 1. */
  endStep(epoch: number, step: number, logs: FitLogs): void {
    if (this.#ending) return;
    this.#means.add(logs);
    const means = this.#means.logs();
    if (this.#diverges(means, `in epoch ${epoch}, step ${step}`)) return;
    this.#ask({
      type: 'step:end',
      epoch,
      step,
      steps: Math.max(this.#extent.stepsPerEpoch, step),
      logs: means,
    });
  }

  async endEpoch(epoch: number, logs: FitLogs): Promise<void> {
    // `fit` calls this also for an epoch that it broke off.
    if (this.#ending) return;
    const penalty = penaltyOf(this.model);
    const named = epochLogs(logs, penalty);
    if (this.#diverges(named, `in epoch ${epoch}`)) return;
    this.#isWithinEpoch = false;
    const { started, learningRate } = this.#epoch;
    const durationMs = performance.now() - started;
    const record = { epoch, logs: named, learningRate, durationMs, digest: await this.#digest() };
    this.#history.push(record);
    this.#ask({ type: 'epoch:end', ...record });
  }

  /** Training is over: the last commands, such as restoring weights, are carried out. */
  async end(): Promise<void> {
    const ending = this.#ending ?? this.#endingOfFit();
    this.#ask({ type: 'training:end', ...ending });
    const last = this.#history.at(-1);
    const isOfLast = last && !this.#isWithinEpoch && this.#restoredEpoch === undefined;
    this.#ask({
      type: 'run:end',
      ...ending,
      epochs: this.#history.length,
      ...(this.#restoredEpoch !== undefined && { restoredEpoch: this.#restoredEpoch }),
      ...(isOfLast && { final: last.logs }),
      digest: await this.#digest(),
      durationMs: performance.now() - this.#started,
    });
    this.dispose();
  }

  /** Frees the copies of weights that were kept. */
  dispose(): void {
    this.#steering.end();
    this.#slots.dispose();
  }

  #endingOfFit(): Ending {
    return this.model.stopTraining
      ? { status: 'stopped', reason: 'model.stopTraining was set' }
      : { status: 'completed', reason: 'reached the epoch limit' };
  }

  #diverges(logs: Logs, when: string): boolean {
    const wrong = Object.entries(logs).find(([, value]) => !Number.isFinite(value));
    if (!wrong) return false;
    this.#end({ status: 'diverged', reason: `${wrong[0]} became ${wrong[1]} ${when}` });
    return true;
  }

  #end(ending: Ending): void {
    this.#ending ??= ending;
    this.model.stopTraining = true;
  }

  #digest(): Promise<string> {
    return digestTensors(weightsOf(this.model).map(({ variable }) => variable));
  }

  #ask(event: Unscoped<RunEvent>): void {
    for (const { callback, from, command } of this.#steering.tell({ ...event, ...this.scope })) {
      try {
        this.#obey(command, from);
      } catch (cause) {
        throw callbackError(callback, cause);
      }
    }
  }

  #obey(command: RunCommand, from: string): void {
    switch (command.type) {
      case 'stop':
        return this.#end({ status: 'stopped', reason: command.reason });
      case 'set-learning-rate':
        return setRate(this.model.optimizer, command.value);
      case 'keep-weights':
        return this.#slots.keep(`${from}/${command.slot}`, this.#history.at(-1)?.epoch ?? 0);
      case 'restore-weights':
        this.#restoredEpoch = this.#slots.restore(`${from}/${command.slot}`);
        return;
      case 'remove-model':
        // Where nothing can be saved there is nothing to remove.
        return;
      case 'save-model':
        // `fit` waits for nothing here; it has its own `model.save`.
        throw new CallbackError(
          'cannot-save',
          'in fit, models cannot be saved by this callback: call model.save.',
        );
    }
  }
}

/** What `fit` is going to do; 0 where `fitDataset` does not know. */
function extentOf(model: FitModel): Extent {
  // A sequential model trains by one inside it, and only that one's history is set.
  const { model: inner = model } = model as { readonly model?: FitModel };
  const { params } = inner.history;
  const [epochs, rows, batchSize, steps] = ['epochs', 'samples', 'batchSize', 'steps'].map((key) =>
    typeof params[key] === 'number' ? params[key] : 0,
  );
  const fromRows = batchSize > 0 ? Math.ceil(rows / batchSize) : 0;
  return { epochs, rows, stepsPerEpoch: steps || fromRows };
}

function weightsOf(model: FitModel): Weight[] {
  return model.weights.map((weight) => ({
    name: weight.name,
    trainable: weight.trainable,
    variable: weight.read() as Weight['variable'],
  }));
}
