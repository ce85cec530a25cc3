import type { EpochRecord, ExperimentEvent, Logs, RunScope, RunStatus } from '../contracts/events.js';
import type { History } from '../contracts/history.js';
import { runKey } from './run-key.js';

interface OpenHistory {
  readonly arm: string;
  readonly seed: number;
  dataset: string;
  trainRows: number;
  parameters: number;
  status: RunStatus;
  reason: string;
  readonly epochs: EpochRecord[];
  restoredEpoch?: number;
  final?: Logs;
}

/** Collects the histories of an experiment's runs from its events. A run that starts again replaces its earlier try. */
export class HistoryRecorder {
  readonly #runs = new Map<string, OpenHistory>();

  /** @param order Runs in the order in which they are to be listed; others come behind them, as they begin. */
  constructor(private readonly order: readonly RunScope[] = []) {}

  add(event: ExperimentEvent): void {
    switch (event.type) {
      case 'run:start': {
        this.#runs.delete(runKey(event));
        const run = this.#run(event.arm, event.seed);
        run.dataset = event.dataset;
        run.trainRows = event.trainRows;
        run.parameters = event.parameters;
        break;
      }
      case 'epoch:end': {
        const { type, arm, seed, recorded, ...record } = event;
        this.#run(arm, seed).epochs.push(record);
        break;
      }
      case 'run:end': {
        const run = this.#run(event.arm, event.seed);
        run.status = event.status;
        run.reason = event.reason;
        run.restoredEpoch = event.restoredEpoch;
        run.final = event.final;
        break;
      }
      default:
    }
  }

  /** A run that is still going on counts as cancelled. */
  histories(): readonly History[] {
    const planned = this.order.map(runKey);
    const begun = planned.filter((key) => this.#runs.has(key));
    return [...new Set([...begun, ...this.#runs.keys()])].map((key) => this.#runs.get(key)!);
  }

  #run(arm: string, seed: number): OpenHistory {
    const key = runKey({ arm, seed });
    const known = this.#runs.get(key);
    if (known) return known;
    const run: OpenHistory = {
      arm,
      seed,
      dataset: '',
      trainRows: 0,
      parameters: 0,
      status: 'cancelled',
      reason: 'not finished',
      epochs: [],
    };
    this.#runs.set(key, run);
    return run;
  }
}
