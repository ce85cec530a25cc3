import type { EpochRecord, ExperimentEvent, Logs, RunStatus } from '../contracts/events.js';
import type { History } from '../contracts/history.js';

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

/** Collects the histories of an experiment's runs from its events. */
export class HistoryRecorder {
  readonly #runs = new Map<string, OpenHistory>();

  add(event: ExperimentEvent): void {
    switch (event.type) {
      case 'run:start': {
        const run = this.#run(event.arm, event.seed);
        run.dataset = event.dataset;
        run.trainRows = event.trainRows;
        run.parameters = event.parameters;
        break;
      }
      case 'epoch:end': {
        const { type, arm, seed, ...record } = event;
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

  /** In the order in which the runs began. A run that is still going on counts as cancelled. */
  histories(): readonly History[] {
    return [...this.#runs.values()];
  }

  #run(arm: string, seed: number): OpenHistory {
    const key = JSON.stringify([arm, seed]);
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
