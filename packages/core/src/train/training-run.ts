import type { Subscriber } from 'rxjs';
import { toCallback } from '../callback-hooks.js';
import type { Callback } from '../contracts/callback.js';
import type { Checkpoint } from '../contracts/checkpoint.js';
import type { EpochRecord, Logs, RunEvent, RunScope } from '../contracts/events.js';
import { disposeBatch } from '../dispose-batch.js';
import { errorMessage } from '../errors.js';
import { lossFor } from '../losses/index.js';
import { defaultMetrics } from '../metrics/index.js';
import { randomStream } from '../random/random-stream.js';
import { applyRegularizers } from './applied-regularizers.js';
import { carryOut, type CommandMeans } from './carry-out.js';
import { checkTrainOptions } from './check-train-options.js';
import { digestNamed, digestTensors, type NamedDigest } from './digest.js';
import { measureDistributions } from './distributions.js';
import { endOfEpoch, type EndOfEpochSetup } from './end-of-epoch.js';
import { EpochMeans } from './epoch-means.js';
import { GuessingLoss } from './guessing-loss.js';
import { notFinite } from './not-finite.js';
import { pacer } from './pacer.js';
import { resumeCallbacks } from './resume-callbacks.js';
import { diverged, GivenUp, isEnding, type Ending } from './run-ending.js';
import { RunState } from './run-state.js';
import { shuffledRows } from './shuffled-rows.js';
import { Steering, type SentCommand } from './steering.js';
import type { TrainOptions } from './train-options.js';
import { trainingStep, type StepSetup } from './training-step.js';

/** Omits `arm` and `seed` from each member of the union of run events. */
type Unscoped<E> = E extends unknown ? Omit<E, keyof RunScope> : never;

/** One call of `train`: the loop over epochs and steps, and what callbacks make of it. */
export class TrainingRun {
  readonly #scope: RunScope;
  readonly #setup: EndOfEpochSetup & StepSetup;
  readonly #steering: Steering;
  readonly #state: RunState;
  readonly #callbacks: readonly Callback[];
  readonly #means: CommandMeans;
  readonly #pause = pacer();
  /** Whether callbacks were told that training is over. */
  #isOver = false;

  constructor(
    private readonly options: TrainOptions,
    private readonly subscriber: Subscriber<RunEvent>,
  ) {
    const { model, dataset, optimizer, epochs, seed = 1, arm = model.name, trainEvaluation = true } = options;
    checkTrainOptions(options);
    this.#scope = { arm, seed };
    this.#setup = {
      ...options,
      seed,
      trainEvaluation,
      loss: lossFor(dataset.task, options.loss),
      metrics: defaultMetrics(dataset.task),
      regularizers: applyRegularizers(model, options.regularizers ?? [], seed),
    };
    this.#state = new RunState(model, optimizer);
    this.#means = { model, optimizer, state: this.#state, models: options.models };
    this.#callbacks = (options.callbacks ?? []).map(toCallback);
    if (options.resume) resumeCallbacks(this.#callbacks, options.resume);
    this.#steering = new Steering(this.#callbacks, {
      ...this.#scope,
      epochs,
      history: this.#state.history,
      get learningRate() {
        return optimizer.learningRate;
      },
    });
  }

  async execute(): Promise<void> {
    const started = performance.now();
    const { model } = this.options;
    try {
      const ending = (await this.#begin()) ?? (await this.#train());
      this.#isOver = true;
      await this.#ask({ type: 'training:end', ...ending });
      // Of the weights that the run ends with, also where a callback has just restored them.
      if (ending.status === 'completed' || ending.status === 'stopped') await this.#distributions();
      if (this.subscriber.closed) return;
      const end = this.#scoped({
        type: 'run:end',
        ...ending,
        epochs: this.#state.history.length,
        ...(this.#state.restoredEpoch !== undefined && { restoredEpoch: this.#state.restoredEpoch }),
        ...(await this.#final()),
        digest: await digestTensors(model.weights.map(({ variable }) => variable)),
        durationMs: performance.now() - started + this.#state.earlierMs,
      });
      // Callbacks first: one that fails now must not leave a second end behind. There is nothing left to command.
      this.#steering.tell(end);
      this.subscriber.next(end);
    } catch (error) {
      await this.#rescue(error);
      throw error;
    } finally {
      this.#steering.end();
      this.#state.dispose();
    }
  }

  /** An error ends the run: callbacks may still save the model. What goes wrong now would only hide it. */
  async #rescue(error: unknown): Promise<void> {
    // Before the first step there is nothing to save, and nobody hears of an end twice.
    if (this.#state.steps === 0 || this.#isOver) return;
    const end = this.#scoped({ type: 'training:end', status: 'failed', reason: errorMessage(error) });
    try {
      for (const sent of this.#steering.tellOfError(end))
        if (sent.command.type === 'save-model') await carryOut(sent, this.#means);
    } catch {
      // As said.
    }
  }

  async #begin(): Promise<Ending | undefined> {
    const { model, dataset, epochs, batchSize, resume } = this.options;
    if (resume) {
      this.#resume(resume);
      return undefined;
    }
    const ending = await this.#ask({
      type: 'run:start',
      dataset: dataset.name,
      trainRows: dataset.sizes.train,
      epochs,
      stepsPerEpoch: Math.ceil(dataset.sizes.train / batchSize),
      parameters: model.weights.reduce((sum, { variable }) => sum + variable.size, 0),
      summary: model.summary(),
    });
    return ending ?? (await this.#distributions());
  }

  /** Puts everything as it was; whoever listens sees what happened until then. */
  #resume(checkpoint: Checkpoint): void {
    this.#state.resume(checkpoint, (event) => {
      this.subscriber.next(event);
      this.#steering.tellAgain(event);
    });
  }

  async #train(): Promise<Ending> {
    const step = trainingStep(this.#setup);
    const guessing = new GuessingLoss(this.options.dataset);
    for (let epoch = this.#state.history.length + 1; epoch <= this.options.epochs; epoch++) {
      const started = performance.now();
      const { learningRate } = this.options.optimizer;
      // Weights that were restored before go on training: they are no longer those of that epoch.
      this.#state.restoredEpoch = undefined;
      const result =
        (await this.#ask({ type: 'epoch:start', epoch })) ??
        (await this.#epoch(epoch, step, epoch === 1 ? guessing : undefined));
      if (isEnding(result)) return result;

      const evaluations = await this.#evaluations();
      if (isEnding(evaluations)) return evaluations;
      const logs = { ...result, ...evaluations };
      const wrong = notFinite(logs, this.options.model.weights);
      if (wrong) return diverged(`${wrong} in epoch ${epoch}`);
      const record: EpochRecord = {
        epoch,
        logs,
        learningRate,
        durationMs: performance.now() - started,
        ...(await this.#digest()),
        ...(epoch === 1 && { guessingLoss: guessing.value }),
      };
      this.#state.record(record);
      const ending = (await this.#ask({ type: 'epoch:end', ...record })) ?? this.#cancelled();
      if (ending) return ending;
      await this.options.onCheckpoint?.(() => this.#state.checkpoint(this.#scope, this.#callbacks));
    }
    return { status: 'completed', reason: 'reached the epoch limit' };
  }

  /** One pass over the training rows in random order; its running means, or why it ended early. */
  async #epoch(
    epoch: number,
    step: ReturnType<typeof trainingStep>,
    guessing?: GuessingLoss,
  ): Promise<Logs | Ending> {
    const { dataset, batchSize } = this.options;
    const rows = shuffledRows(dataset.sizes.train, randomStream(this.#scope.seed, `order/${epoch}`));
    const steps = Math.ceil(rows.length / batchSize);
    const means = new EpochMeans(this.#setup.metrics.map(({ name }) => name));
    let inEpoch = 0;
    for (const batch of dataset.batches({ split: 'train', batchSize, rows })) {
      inEpoch += 1;
      this.#state.steps += 1;
      try {
        const result = step(batch, this.#state.steps);
        if (!Number.isFinite(result.loss)) {
          return diverged(`the loss became ${result.loss} in epoch ${epoch}, step ${inEpoch}`);
        }
        means.add(result, batch.size);
        guessing?.add(batch.targets, batch.size);
      } finally {
        disposeBatch(batch);
      }
      const ending = await this.#ask({ type: 'step:end', epoch, step: inEpoch, steps, logs: means.logs() });
      await this.#pause();
      const end = ending ?? this.#cancelled();
      if (end) return end;
    }
    return means.logs();
  }

  /** The evaluations of an epoch, or why they were given up. */
  async #evaluations(): Promise<Logs | Ending> {
    try {
      return await endOfEpoch(this.#setup, async () => {
        await this.#pause();
        const ending = this.#cancelled();
        if (ending) throw new GivenUp(ending);
      });
    } catch (error) {
      if (error instanceof GivenUp) return error.ending;
      throw error;
    }
  }

  async #distributions(): Promise<Ending | undefined> {
    const { distributions = false, model, dataset } = this.options;
    if (!distributions) return undefined;
    const epoch = this.#state.restoredEpoch ?? this.#state.history.length;
    return this.#ask({ type: 'distributions', epoch, ...measureDistributions(model, dataset) });
  }

  /** The logs that describe the final weights; none where training ended within an epoch. */
  async #final(): Promise<{ final?: Logs }> {
    if (this.#state.restoredEpoch !== undefined) return { final: await endOfEpoch(this.#setup, this.#pause) };
    const { history, isAsRecorded } = this.#state;
    return isAsRecorded ? { final: history[history.length - 1].logs } : {};
  }

  #digest(): Promise<NamedDigest> {
    const { model, optimizer } = this.options;
    return digestNamed([
      ...model.weights.map(({ name, variable }) => [name, variable] as const),
      ...optimizer.state().map((tensor, i) => [`optimizer/${i + 1}`, tensor] as const),
    ]);
  }

  #scoped(event: Unscoped<RunEvent>): RunEvent {
    return { ...event, ...this.#scope };
  }

  /** Emits an event, then carries out what the callbacks answer. */
  async #ask(event: Unscoped<RunEvent>): Promise<Ending | undefined> {
    const scoped = this.#scoped(event);
    this.#state.see(scoped);
    this.subscriber.next(scoped);
    let ending: Ending | undefined;
    for (const sent of savesFirst(scoped, this.#steering.tell(scoped))) {
      // All commands are carried out, also those behind a stop: another callback may want to keep weights.
      const answer = await carryOut(sent, this.#means);
      ending ??= answer;
    }
    return ending;
  }

  #cancelled(): Ending | undefined {
    if (!this.options.signal?.aborted && !this.subscriber.closed) return undefined;
    return { status: 'cancelled', reason: 'by the user' };
  }
}

/** At the end of training a callback may restore other weights, and what another one saves are those that were trained. */
function savesFirst(event: RunEvent, sent: readonly SentCommand[]): readonly SentCommand[] {
  if (event.type !== 'training:end') return sent;
  const saves = sent.filter(({ command }) => command.type === 'save-model');
  return [...saves, ...sent.filter((one) => !saves.includes(one))];
}
