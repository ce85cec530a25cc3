import type { Logs } from '../contracts/events.js';
import type { StepResult } from './training-step.js';
import { WeightedMean } from './weighted-mean.js';

/** The running means of an epoch's steps. */
export class EpochMeans {
  readonly #loss = new WeightedMean();
  readonly #dataLoss = new WeightedMean();
  readonly #metrics: readonly WeightedMean[];

  /** @param names The metrics, in the order in which steps report them. */
  constructor(private readonly names: readonly string[]) {
    this.#metrics = names.map(() => new WeightedMean());
  }

  add({ loss, dataLoss, metrics }: StepResult, rows: number): void {
    this.#loss.add(loss, rows);
    this.#dataLoss.add(dataLoss, rows);
    for (let i = 0; i < metrics.length; i++) this.#metrics[i].add(metrics[i], rows);
  }

  logs(): Logs {
    const logs: Record<string, number> = { loss: this.#loss.value };
    this.names.forEach((name, i) => (logs[name] = this.#metrics[i].value));
    logs.data_loss = this.#dataLoss.value;
    return logs;
  }
}
