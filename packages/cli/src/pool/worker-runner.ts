import { setMaxListeners } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { errorMessage, type Checkpoint, type RunRunner, type RunScope, type RunTask } from '@wellfit/core';
import { Piscina } from 'piscina';
import { CliError } from '../errors.js';
import { workerFile } from './worker-file.js';
import type { FromWorker, ToWorker, WorkerSetup, WorkerTask } from './worker-protocol.js';

/** A run may lose its worker so often, each time going on from its checkpoint, before it is given up. */
const RETRIES = 1;

/** What the runner needs besides the workers' setup. */
export interface WorkerRunnerOptions {
  /** Runs at a time. */
  readonly jobs: number;
  readonly setup: WorkerSetup;
  /** Grows while data is loaded; all that a run needs is there when it is to begin. */
  readonly decoded: ReadonlyMap<string, unknown>;
  /** The newest checkpoint of a run whose worker died. */
  readonly checkpointOf: (run: RunScope) => Checkpoint | undefined;
  /** Told the stack of what a run threw. */
  readonly onStack: (stack: string) => void;
}

/** Trains runs in worker threads, which start at once: they are ready when the data is. Whoever made it closes it. */
export class WorkerRunner implements RunRunner {
  readonly jobs: number;
  readonly #pool: Piscina;

  constructor(private readonly options: WorkerRunnerOptions) {
    this.jobs = options.jobs;
    this.#pool = startPool(options);
  }

  async run(task: RunTask): Promise<void> {
    let { resume } = task;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#attempt({ ...task, resume });
      } catch (error) {
        const name = `${task.arm}, seed ${task.seed}`;
        if (attempt >= RETRIES || task.signal.aborted) throw died(error, attempt);
        resume = this.options.checkpointOf(task);
        const from = resume ? `goes on from epoch ${resume.epoch}` : 'starts again';
        const message = `its worker thread ended (${errorMessage(error)}); the run ${from}`;
        task.emit({ type: 'warning', from: name, message });
      }
    }
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #attempt({ arm, seed, resume, signal, emit }: RunTask): Promise<void> {
    const { port1: here, port2: port } = new MessageChannel();
    const tell = (message: ToWorker): void => here.postMessage(message);
    const stop = (): void => tell('stop');
    let finish!: () => void;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    here.on('message', (message: FromWorker) => {
      if ('events' in message) {
        message.events.forEach(emit);
        tell('received');
      } else if ('stack' in message) this.options.onStack(message.stack);
      else finish();
    });
    // One for each run at a time, which may be many.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      const { decoded } = this.options;
      const task: WorkerTask = { arm, seed, decoded, port, ...(resume && { resume }) };
      // The end of the task and the last events come by different ways, in any order.
      await Promise.all([this.#pool.run(task, { transferList: [port] }), finished]);
    } finally {
      signal.removeEventListener('abort', stop);
      here.close();
    }
  }
}

function startPool({ jobs, setup }: WorkerRunnerOptions): Piscina {
  const pool = new Piscina({
    filename: workerFile,
    minThreads: jobs,
    maxThreads: jobs,
    idleTimeout: Infinity,
    workerData: { setup },
    recordTiming: false,
  });
  // Of a thread that dies while it has nothing to do, which costs nothing: another one takes its place.
  pool.on('error', () => undefined);
  return pool;
}

function died(cause: unknown, retried: number): CliError {
  const again = retried > 0 ? ', also when it was tried again' : '';
  return new CliError('worker-died', `its worker thread ended${again}: ${errorMessage(cause)}`, { cause });
}
