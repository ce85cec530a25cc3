import type { MessagePort } from 'node:worker_threads';
import type { ExperimentEvent } from '@wellfit/core';
import type { FromWorker, ToWorker } from './worker-protocol.js';

/** Steps follow each other within microseconds; nobody looks at a run more often than this. */
const STEPS_MS = 20;
/** Messages on their way, after which a run waits between two epochs: nothing may pile up without a bound. */
const MOST_UNREAD = 50;

/** Sends a run's events to the thread that shows them: those of steps together, all others at once, in their order. */
export class EventSender {
  #waiting: ExperimentEvent[] = [];
  #sentAt = -Infinity;
  #unread = 0;
  #caughtUp: (() => void) | undefined;

  constructor(private readonly port: MessagePort) {
    port.on('message', (message: ToWorker) => {
      if (message !== 'received') return;
      this.#unread -= 1;
      if (this.#unread < MOST_UNREAD) this.#caughtUp?.();
    });
  }

  readonly send = (event: ExperimentEvent): void => {
    this.#waiting.push(event);
    if (event.type !== 'step:end' || performance.now() - this.#sentAt >= STEPS_MS) this.flush();
  };

  /** Resolves when the reader has caught up. */
  async caughtUp(): Promise<void> {
    if (this.#unread < MOST_UNREAD) return;
    await new Promise<void>((resolve) => (this.#caughtUp = resolve));
    this.#caughtUp = undefined;
  }

  flush(): void {
    if (this.#waiting.length === 0) return;
    const message: FromWorker = { events: this.#waiting };
    this.port.postMessage(message);
    this.#waiting = [];
    this.#unread += 1;
    this.#sentAt = performance.now();
  }
}
