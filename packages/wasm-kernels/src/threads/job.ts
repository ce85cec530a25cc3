import { KernelError } from '../errors.js';
import type { KernelExports, ParallelName } from '../host/kernel-exports.js';
import { controlBlock, MOST_CHUNKS, MOST_PARAMETERS } from './control-block.js';

/** After this many looks at `done`, about 0.1 ms, the owner sleeps where it may: others may need its core. */
const LOOKS = 20_000;

/** Most milliseconds that the owner sleeps at a time. */
const NAP = 100;

const { state, done, sleepers, ownerSleeps, failed, kernel, grains, parameterCount, posted, parametersAt } =
  controlBlock;

/** A kernel that is divided into chunks, seen from the thread that gives it out. */
export class Job {
  readonly #control: Int32Array;
  readonly #parameters: Float64Array;
  readonly #names: readonly string[];
  /** A window of a browser may not sleep. */
  readonly #maySleep = !('window' in globalThis);
  #name: ParallelName | undefined;
  #args: readonly number[] = [];
  #count = 0;
  #chunks = 0;

  /**
   * @param address Of the control block.
   * @param names Of the kernels, in the order in which the block numbers them.
   */
  constructor(
    memory: WebAssembly.Memory,
    address: number,
    private readonly exports: KernelExports,
    names: readonly string[],
  ) {
    this.#control = new Int32Array(memory.buffer, address, parametersAt / 4).fill(0);
    this.#parameters = new Float64Array(memory.buffer, address + parametersAt, MOST_PARAMETERS);
    this.#names = names;
  }

  /** Offers the chunks to all threads; the job before must be finished. */
  post(name: ParallelName, args: readonly number[], count: number, chunks: number): void {
    const control = this.#control;
    this.#name = name;
    this.#args = args;
    this.#count = count;
    this.#chunks = Math.min(count, chunks, MOST_CHUNKS);
    control[kernel] = this.#names.indexOf(name);
    control[grains] = count;
    control[parameterCount] = args.length;
    this.#parameters.set(args);
    Atomics.store(control, failed, 0);
    Atomics.store(control, done, 0);
    Atomics.store(control, state, this.#chunks << 16);
  }

  /** Does the chunks that nobody else does; where a kernel throws, what nobody has claimed is not computed any more. */
  take(): void {
    const control = this.#control;
    const [args, count, chunks] = [this.#args, this.#count, this.#chunks];
    const compute = this.exports[this.#name!];
    for (;;) {
      const seen = Atomics.load(control, state);
      const chunk = seen & 0xffff;
      if (chunk >= chunks) return;
      if (Atomics.compareExchange(control, state, seen, seen + 1) !== seen) continue;
      try {
        compute(...args, Math.floor((chunk * count) / chunks), Math.floor(((chunk + 1) * count) / chunks));
      } catch (error) {
        const unclaimed = chunks - (Atomics.exchange(control, state, (chunks << 16) | chunks) & 0xffff);
        Atomics.add(control, done, unclaimed);
        throw error;
      } finally {
        Atomics.add(control, done, 1);
      }
    }
  }

  /**
   * Waits for the chunks that others have claimed.
   *
   * @param patience How long at most, in milliseconds.
   * @returns Whether they are done.
   */
  waitForOthers(patience: number): boolean {
    const control = this.#control;
    const chunks = this.#chunks;
    for (let i = 0; i < LOOKS; i++) if (Atomics.load(control, done) === chunks) return true;
    let waited = 0;
    let before = performance.now();
    Atomics.store(control, ownerSleeps, 1);
    try {
      for (;;) {
        const finished = Atomics.load(control, done);
        if (finished === chunks) return true;
        if (this.#maySleep) Atomics.wait(control, done, finished, NAP);
        const now = performance.now();
        // A longer time is one in which the whole process was stopped: the others could do nothing either.
        waited += Math.min(now - before, 2 * NAP);
        before = now;
        if (waited >= patience) return false;
      }
    } finally {
      Atomics.store(control, ownerSleeps, 0);
    }
  }

  /** @throws KernelError `thread-failed` where a kernel threw on another thread. */
  requireSuccess(): void {
    if (Atomics.load(this.#control, failed) !== 1) return;
    throw new KernelError('thread-failed', `The kernel ${this.#name} failed on one of the threads.`);
  }

  /** Tells all threads, also those that sleep, that there is a job: of this block, or of another that they look at too. */
  announce(): void {
    const control = this.#control;
    Atomics.add(control, posted, 1);
    if (Atomics.load(control, sleepers) > 0) Atomics.notify(control, posted);
  }
}
