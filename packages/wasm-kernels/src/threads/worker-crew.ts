import { KernelError } from '../errors.js';
import type { KernelExports, ParallelName } from '../host/kernel-exports.js';
import type { Crew } from '../host/kernel-host.js';
import { controlBlock, MOST_CHUNKS } from './control-block.js';
import { Job } from './job.js';
import { Respite } from './respite.js';
import { startWorker, type CrewWorker, type StartWorker } from './start-worker.js';

/** Chunks of a job for each thread: with a few more than one, a thread that the host holds up is waited for less. */
const CHUNKS_A_THREAD = 2;

/** How long a thread without work looks for the next job before it sleeps, in milliseconds. */
const SPIN = 0.2;

/** What {@link WorkerCrew.start} needs. */
export interface CrewOptions {
  /** Compiled for shared memory. */
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** An instance for the thread that gives out the work, which also does its part. */
  readonly exports: KernelExports;
  /** How many threads, this one included: 2 or more. */
  readonly threads: number;
  /** Gives a block of the shared heap, 16-byte aligned, that is never given back. */
  readonly allocate: (bytes: number) => number;
  /** Bytes of memory that each thread has for itself. */
  readonly localBytes: number;
  /** How long to wait for a chunk that another thread claimed, in milliseconds. Default: 10,000. */
  readonly patience?: number;
  readonly start?: StartWorker;
}

/**
 * Threads that share the heap and divide the grains of each kernel among themselves: whoever is free takes the next
 * chunk. The thread that gives out the work takes chunks too, so one that sleeps costs nothing, and does without the others
 * for a while where one is late.
 *
 * Every grain is computed in the same way by whatever thread, so the results have the same bits for any number of them.
 */
export class WorkerCrew implements Crew {
  readonly threads: number;
  readonly #exports: KernelExports;
  /** The kernel that this thread waits for. */
  readonly #job: Job;
  /** A kernel that the others work on while they have nothing else to do. */
  readonly #ahead: Job;
  #hasBegun = false;
  readonly #patience: number;
  readonly #workers: CrewWorker[] = [];
  readonly #respite = new Respite();
  /** Why a thread ended. */
  #lost: string | undefined;

  private constructor(options: CrewOptions) {
    const { memory, exports, threads, allocate, localBytes, module, start = startWorker } = options;
    this.threads = threads;
    this.#exports = exports;
    this.#patience = options.patience ?? 10_000;
    const names = Object.keys(exports).sort();
    const [control, ahead] = [allocate(controlBlock.bytes), allocate(controlBlock.bytes)];
    this.#job = new Job(memory, control, exports, names);
    this.#ahead = new Job(memory, ahead, exports, names);
    for (let i = 1; i < threads; i++) {
      const local = allocate(localBytes);
      this.#workers.push(
        start({ module, memory, control, ahead, local, names, spin: SPIN, layout: controlBlock }),
      );
    }
  }

  /**
   * Starts the threads.
   *
   * @throws KernelError `threads-failed` where one does not start.
   */
  static async start(options: CrewOptions): Promise<WorkerCrew> {
    const crew = new WorkerCrew(options);
    const started = await Promise.allSettled(crew.#workers.map(({ ready }) => ready));
    for (const result of started) {
      if (result.status === 'fulfilled') continue;
      crew.stop();
      const reason: unknown = result.reason;
      const why = reason instanceof Error ? reason.message : String(reason);
      throw new KernelError('threads-failed', `A thread did not start: ${why}`, { cause: reason });
    }
    for (const worker of crew.#workers) worker.onEnd((why) => (crew.#lost ??= why));
    return crew;
  }

  /**
   * Runs a kernel over all grains; they are done when it returns.
   *
   * @throws KernelError `thread-lost` where a thread ended or does not finish, `thread-failed` where a kernel threw on
   *   one. What the kernel was to write is undefined then.
   */
  run(name: ParallelName, args: readonly number[], count: number): void {
    if (this.#lost !== undefined) throw lost(this.#lost);
    const started = performance.now();
    if (this.#respite.isOn(started)) {
      this.#exports[name](...args, 0, count);
      return;
    }
    this.#job.post(name, args, count, this.threads * CHUNKS_A_THREAD);
    this.#job.announce();
    this.#complete(this.#job, started);
  }

  /**
   * Begins a kernel that the others compute while they have nothing else to do; what it writes may be read after
   * {@link finish}. One at a time: it finishes the one before.
   *
   * @param chunks Many, as a thread that is needed elsewhere first ends the chunk it is at.
   * @throws As `run`.
   */
  begin(name: ParallelName, args: readonly number[], count: number, chunks = MOST_CHUNKS): void {
    this.finish();
    if (this.#lost !== undefined) throw lost(this.#lost);
    this.#ahead.post(name, args, count, chunks);
    this.#hasBegun = true;
    this.#job.announce();
  }

  /**
   * Does what is left of the kernel that was begun, if one was.
   *
   * @throws As `run`.
   */
  finish(): void {
    if (!this.#hasBegun) return;
    this.#hasBegun = false;
    if (this.#lost !== undefined) throw lost(this.#lost);
    this.#complete(this.#ahead, performance.now());
  }

  /** Ends the threads; to be called when no kernel will be divided any more. */
  stop(): void {
    this.#lost ??= 'it was stopped';
    for (const worker of this.#workers) worker.stop();
  }

  #complete(job: Job, started: number): void {
    try {
      job.take();
    } finally {
      // Also where this thread's part threw: others may still write.
      const since = performance.now();
      const inTime = job.waitForOthers(this.#patience);
      const now = performance.now();
      this.#respite.note(now, since - started, now - since);
      if (!inTime) this.#giveUp();
    }
    job.requireSuccess();
  }

  #giveUp(): never {
    this.#lost = `it did not finish its part within ${this.#patience / 1000} s`;
    this.stop();
    throw lost(this.#lost);
  }
}

function lost(why: string): KernelError {
  return new KernelError(
    'thread-lost',
    `A thread of the training kernels is gone (${why}), so the results would be incomplete. ` +
      'Start the process again, with one thread (threads: 1, --threads 1) if it happens again.',
  );
}
