import { KernelError } from '../errors.js';
import type { KernelExports, ParallelName } from '../host/kernel-exports.js';
import type { Crew } from '../host/kernel-host.js';
import { controlBlock, MOST_CHUNKS, MOST_PARAMETERS } from './control-block.js';
import { Respite } from './respite.js';
import { startWorker, type CrewWorker, type StartWorker } from './start-worker.js';

/** Chunks of a job for each thread: with a few more than one, a thread that the host holds up is waited for less. */
const CHUNKS_A_THREAD = 2;

/** How long a thread without work looks for the next job before it sleeps, in milliseconds. */
const SPIN = 0.2;

/** After this many looks at `done`, about 0.1 ms, the owner sleeps where it may: others may need its core. */
const OWNER_LOOKS = 20_000;

/** Most milliseconds that the owner sleeps at a time. */
const NAP = 100;

const { state, done, sleepers, ownerSleeps, failed, kernel, grains, parameterCount, parametersAt, bytes } =
  controlBlock;

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
  readonly #names: readonly string[];
  readonly #control: Int32Array;
  readonly #parameters: Float64Array;
  readonly #patience: number;
  readonly #workers: CrewWorker[] = [];
  readonly #respite = new Respite();
  /** Why a thread ended. */
  #lost: string | undefined;
  /** A window of a browser may not sleep. */
  readonly #maySleep = !('window' in globalThis);

  private constructor(options: CrewOptions) {
    const { memory, exports, threads, allocate, localBytes, module, start = startWorker } = options;
    this.threads = threads;
    this.#exports = exports;
    this.#patience = options.patience ?? 10_000;
    this.#names = Object.keys(exports).sort();
    const control = allocate(bytes);
    this.#control = new Int32Array(memory.buffer, control, parametersAt / 4).fill(0);
    this.#parameters = new Float64Array(memory.buffer, control + parametersAt, MOST_PARAMETERS);
    for (let i = 1; i < threads; i++) {
      const local = allocate(localBytes);
      const setup = { module, memory, control, local, names: this.#names, spin: SPIN, layout: controlBlock };
      this.#workers.push(start(setup));
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
    const control = this.#control;
    control[kernel] = this.#names.indexOf(name);
    control[grains] = count;
    control[parameterCount] = args.length;
    this.#parameters.set(args);
    const chunks = Math.min(count, this.threads * CHUNKS_A_THREAD, MOST_CHUNKS);
    Atomics.store(control, failed, 0);
    Atomics.store(control, done, 0);
    Atomics.store(control, state, chunks << 16);
    if (Atomics.load(control, sleepers) > 0) Atomics.notify(control, state);
    try {
      this.#takeChunks(name, args, count, chunks);
    } finally {
      // Also where this thread's part threw: others may still write.
      this.#waitForOthers(chunks, started);
    }
    if (Atomics.load(control, failed) === 1) {
      throw new KernelError('thread-failed', `The kernel ${name} failed on one of the threads.`);
    }
  }

  /** Ends the threads; to be called when no kernel will be divided any more. */
  stop(): void {
    this.#lost ??= 'it was stopped';
    for (const worker of this.#workers) worker.stop();
  }

  #takeChunks(name: ParallelName, args: readonly number[], count: number, chunks: number): void {
    const control = this.#control;
    const compute = this.#exports[name];
    for (;;) {
      const seen = Atomics.load(control, state);
      const chunk = seen & 0xffff;
      if (chunk >= chunks) return;
      if (Atomics.compareExchange(control, state, seen, seen + 1) !== seen) continue;
      try {
        compute(...args, Math.floor((chunk * count) / chunks), Math.floor(((chunk + 1) * count) / chunks));
      } catch (error) {
        // What nobody has claimed is not to be computed any more.
        const unclaimed = chunks - (Atomics.exchange(control, state, (chunks << 16) | chunks) & 0xffff);
        Atomics.add(control, done, unclaimed);
        throw error;
      } finally {
        Atomics.add(control, done, 1);
      }
    }
  }

  #waitForOthers(chunks: number, started: number): void {
    const control = this.#control;
    for (let i = 0; i < OWNER_LOOKS; i++) if (Atomics.load(control, done) === chunks) return;
    let waited = 0;
    const since = performance.now();
    let before = since;
    Atomics.store(control, ownerSleeps, 1);
    try {
      for (;;) {
        const finished = Atomics.load(control, done);
        if (finished === chunks) return;
        if (this.#maySleep) Atomics.wait(control, done, finished, NAP);
        const now = performance.now();
        // A longer time is one in which the whole process was stopped: the others could do nothing either.
        waited += Math.min(now - before, 2 * NAP);
        before = now;
        if (waited < this.#patience) continue;
        this.#lost = `it did not finish its part within ${this.#patience / 1000} s`;
        this.stop();
        throw lost(this.#lost);
      }
    } finally {
      Atomics.store(control, ownerSleeps, 0);
      const now = performance.now();
      this.#respite.note(now, since - started, now - since);
    }
  }
}

function lost(why: string): KernelError {
  return new KernelError(
    'thread-lost',
    `A thread of the training kernels is gone (${why}), so the results would be incomplete. ` +
      'Start the process again, with one thread (threads: 1, --threads 1) if it happens again.',
  );
}
