import { tidy } from '@tensorflow/tfjs-core';
import type { Subscriber } from 'rxjs';
import { toCallback } from '../callback-hooks.js';
import type { Split } from '../contracts/dataset.js';
import type { EpochRecord, Logs, RunEvent, RunScope, RunStatus } from '../contracts/events.js';
import { disposeBatch } from '../dispose-batch.js';
import { CoreError } from '../errors.js';
import { lossFor, type Loss } from '../losses/index.js';
import { defaultMetrics, type Metric } from '../metrics/index.js';
import { randomStream } from '../random/random-stream.js';
import { applyRegularizers, type AppliedRegularizers } from './applied-regularizers.js';
import { digestTensors } from './digest.js';
import { EpochMeans } from './epoch-means.js';
import { evaluate } from './evaluate.js';
import { pacer } from './pacer.js';
import { shuffledRows } from './shuffled-rows.js';
import { Steering, type SentCommand } from './steering.js';
import type { TrainOptions } from './train-options.js';
import { trainingStep } from './training-step.js';
import { WeightSlots } from './weight-slots.js';

/** Why training ended. */
interface Ending {
  readonly status: RunStatus;
  readonly reason: string;
}

/** Omits `arm` and `seed` from each member of the union of run events. */
type Unscoped<E> = E extends unknown ? Omit<E, keyof RunScope> : never;

/** One call of `train`: the loop over epochs and steps, and what callbacks make of it. */
export class TrainingRun {
  readonly #scope: RunScope;
  readonly #loss: Loss;
  readonly #metrics: readonly Metric[];
  readonly #regularizers: AppliedRegularizers;
  readonly #steering: Steering;
  readonly #slots: WeightSlots;
  readonly #history: EpochRecord[] = [];
  readonly #pause = pacer();
  #steps = 0;
  #restoredEpoch: number | undefined;

  constructor(
    private readonly options: TrainOptions,
    private readonly subscriber: Subscriber<RunEvent>,
  ) {
    const { model, dataset, optimizer, epochs, batchSize, seed = 1, arm = model.name } = options;
    for (const [name, value] of Object.entries({ epochs, batchSize })) {
      if (!Number.isInteger(value) || value < 1) {
        throw new CoreError('bad-option', `${name} must be an integer of at least 1, got ${value}.`);
      }
    }
    if (dataset.sizes.train === 0) {
      throw new CoreError('no-rows', `The dataset ${dataset.name} has no training rows.`);
    }
    this.#scope = { arm, seed };
    this.#loss = lossFor(dataset.task, options.loss);
    this.#metrics = defaultMetrics(dataset.task);
    this.#regularizers = applyRegularizers(model, options.regularizers ?? [], seed);
    this.#slots = new WeightSlots(model);
    this.#steering = new Steering((options.callbacks ?? []).map(toCallback), {
      ...this.#scope,
      epochs,
      history: this.#history,
      get learningRate() {
        return optimizer.learningRate;
      },
    });
  }

  async execute(): Promise<void> {
    const started = performance.now();
    const { model, dataset, epochs, batchSize } = this.options;
    try {
      const ending =
        this.#show({
          type: 'run:start',
          epochs,
          stepsPerEpoch: Math.ceil(dataset.sizes.train / batchSize),
          parameters: model.weights.reduce((sum, { variable }) => sum + variable.size, 0),
          summary: model.summary(),
        }) ?? (await this.#train());
      this.#show({ type: 'training:end', ...ending });
      this.#show({
        type: 'run:end',
        ...ending,
        epochs: this.#history.length,
        ...(this.#restoredEpoch !== undefined && { restoredEpoch: this.#restoredEpoch }),
        ...(await this.#final()),
        digest: await digestTensors(model.weights.map(({ variable }) => variable)),
        durationMs: performance.now() - started,
      });
    } finally {
      this.#steering.end();
      this.#slots.dispose();
    }
  }

  async #train(): Promise<Ending> {
    const step = trainingStep({
      model: this.options.model,
      optimizer: this.options.optimizer,
      loss: this.#loss,
      metrics: this.#metrics,
      regularizers: this.#regularizers,
    });
    for (let epoch = 1; epoch <= this.options.epochs; epoch++) {
      const started = performance.now();
      const { learningRate } = this.options.optimizer;
      // Weights that were restored before go on training: they are no longer those of that epoch.
      this.#restoredEpoch = undefined;
      const result = this.#show({ type: 'epoch:start', epoch }) ?? (await this.#epoch(epoch, step));
      if (isEnding(result)) return result;

      const logs = { ...result, ...(await this.#evaluations()) };
      const wrong = Object.entries(logs).find(([, value]) => !Number.isFinite(value));
      if (wrong) return diverged(`${wrong[0]} became ${wrong[1]} in epoch ${epoch}`);
      const record: EpochRecord = {
        epoch,
        logs,
        learningRate,
        durationMs: performance.now() - started,
        digest: await this.#digest(),
      };
      this.#history.push(record);
      const ending = this.#show({ type: 'epoch:end', ...record }) ?? this.#cancelled();
      if (ending) return ending;
    }
    return { status: 'completed', reason: `trained ${this.options.epochs} epochs` };
  }

  /** One pass over the training rows in random order; its running means, or why it ended early. */
  async #epoch(epoch: number, step: ReturnType<typeof trainingStep>): Promise<Logs | Ending> {
    const { dataset, batchSize } = this.options;
    const rows = shuffledRows(dataset.sizes.train, randomStream(this.#scope.seed, `order/${epoch}`));
    const steps = Math.ceil(rows.length / batchSize);
    const means = new EpochMeans(this.#metrics.map(({ name }) => name));
    let inEpoch = 0;
    for (const batch of dataset.batches({ split: 'train', batchSize, rows })) {
      inEpoch += 1;
      this.#steps += 1;
      try {
        const result = step(batch, this.#steps);
        if (!Number.isFinite(result.loss)) {
          return diverged(`the loss became ${result.loss} in epoch ${epoch}, step ${inEpoch}`);
        }
        means.add(result, batch.size);
      } finally {
        disposeBatch(batch);
      }
      const ending = this.#show({ type: 'step:end', epoch, step: inEpoch, steps, logs: means.logs() });
      await this.#pause();
      const end = ending ?? this.#cancelled();
      if (end) return end;
    }
    return means.logs();
  }

  /** The end-of-epoch figures, all in inference mode and of the same weights; see `docs/logs.md`. */
  async #evaluations(): Promise<Logs> {
    const { dataset, trainEvaluation = true } = this.options;
    const penalty = this.#regularizers.penalty ? tidy(() => this.#regularizers.penalty!().dataSync()[0]) : 0;
    const logs: Record<string, number> = { penalty };
    if (dataset.sizes.validation > 0) {
      const { loss, ...metrics } = await this.#evaluate('validation');
      logs.val_loss = loss + penalty;
      logs.val_data_loss = loss;
      for (const [name, value] of Object.entries(metrics)) logs[`val_${name}`] = value;
    }
    if (trainEvaluation !== false) {
      const values = await this.#evaluate('train', this.#trainEvaluationRows(trainEvaluation));
      for (const [name, value] of Object.entries(values)) logs[`train_${name}`] = value;
    }
    return logs;
  }

  #evaluate(split: Split, rows?: Uint32Array): Promise<Record<string, number>> {
    const { model, dataset, batchSize } = this.options;
    const loss = this.#loss;
    const metrics = this.#metrics;
    return evaluate({ model, dataset, split, batchSize, rows, loss, metrics, pause: this.#pause });
  }

  /** The same random choice in every epoch, so that the curve shows training and not the choice. */
  #trainEvaluationRows(choice: true | number): Uint32Array | undefined {
    const { train } = this.options.dataset.sizes;
    if (choice === true || choice >= train) return undefined;
    return shuffledRows(train, randomStream(this.#scope.seed, 'train-evaluation')).subarray(0, choice).sort();
  }

  /** The logs that describe the final weights. */
  async #final(): Promise<{ final?: Logs }> {
    if (this.#restoredEpoch !== undefined) return { final: await this.#evaluations() };
    const last = this.#history.at(-1);
    return last ? { final: last.logs } : {};
  }

  #digest(): Promise<string> {
    const { model, optimizer } = this.options;
    return digestTensors([...model.weights.map(({ variable }) => variable), ...optimizer.state()]);
  }

  /** Emits an event, then carries out what the callbacks answer. */
  #show(event: Unscoped<RunEvent>): Ending | undefined {
    const scoped = { ...event, ...this.#scope };
    this.subscriber.next(scoped);
    let ending: Ending | undefined;
    for (const sent of this.#steering.tell(scoped)) {
      // All commands are carried out, also those behind a stop: another callback may want to keep weights.
      const answer = this.#obey(sent);
      ending ??= answer;
    }
    return ending;
  }

  #obey({ from, command }: SentCommand): Ending | undefined {
    switch (command.type) {
      case 'stop':
        return { status: 'stopped', reason: command.reason };
      case 'set-learning-rate':
        this.options.optimizer.learningRate = command.value;
        return undefined;
      case 'keep-weights':
        this.#slots.keep(`${from}/${command.slot}`, this.#history.length);
        return undefined;
      case 'restore-weights':
        this.#restoredEpoch = this.#slots.restore(`${from}/${command.slot}`);
        return undefined;
    }
  }

  #cancelled(): Ending | undefined {
    if (!this.options.signal?.aborted && !this.subscriber.closed) return undefined;
    return { status: 'cancelled', reason: 'cancelled by the user' };
  }
}

function isEnding(result: Logs | Ending): result is Ending {
  return typeof result.status === 'string';
}

function diverged(reason: string): Ending {
  return { status: 'diverged', reason };
}
