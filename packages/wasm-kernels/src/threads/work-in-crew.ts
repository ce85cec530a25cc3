/** What a thread needs to take part. */
export interface CrewSetup {
  readonly module: WebAssembly.Module;
  /** Shared. */
  readonly memory: WebAssembly.Memory;
  /** Address of the control block of jobs that the owner waits for. */
  readonly control: number;
  /** The same of a job that is done when there is none of those. */
  readonly ahead: number;
  /** Address of the memory that is this thread's own. */
  readonly local: number;
  /** Names of the kernels, in the order in which the control block numbers them. */
  readonly names: readonly string[];
  /** How long to look for the next job without sleeping, in milliseconds: waking up takes about 0.05. */
  readonly spin: number;
  /** Places in the control block, see `control-block.ts`. */
  readonly layout: Readonly<Record<CrewPlace, number>>;
}

/** What the control block holds. */
export type CrewPlace =
  | 'state'
  | 'done'
  | 'sleepers'
  | 'ownerSleeps'
  | 'failed'
  | 'kernel'
  | 'grains'
  | 'parameterCount'
  | 'posted'
  | 'parametersAt'
  | 'bytes';

/**
 * All that a thread of the crew does: it looks for chunks of work, does them, and sleeps where none comes for a while.
 * Never returns; ends with its worker.
 *
 * It is sent to the worker as text, so that no bundler need know of a second entry point: it may use nothing but its
 * arguments and globals of the language, and no function within it may have a name (some compilers add a call for it).
 *
 * @param ready Is called once the kernels can be run.
 */
export function workInCrew(setup: CrewSetup, ready: () => void): void {
  const { module, memory, names, layout, spin } = setup;
  const { state, done, sleepers, ownerSleeps, failed, kernel, grains, parameterCount, posted, parametersAt } =
    layout;
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as Record<
    string,
    (...parameters: number[]) => void
  >;
  kernels.setLocal(setup.local);
  // These views never need to be made again: the heap grows at its end, and is nowhere moved.
  const [first, ahead] = [setup.control, setup.ahead].map((address) => ({
    control: new Int32Array(memory.buffer, address, parametersAt / 4),
    parameters: new Float64Array(memory.buffer, address + parametersAt, (layout.bytes - parametersAt) / 8),
  }));
  ready();
  let idleSince = 0;
  let looks = 0;
  for (;;) {
    // Before the look at the jobs: whoever waits for it to change misses none that comes after.
    const jobs = Atomics.load(first.control, posted);
    const urgent = Atomics.load(first.control, state);
    const isUrgent = (urgent & 0xffff) < urgent >>> 16;
    const { control, parameters } = isUrgent ? first : ahead;
    const seen = isUrgent ? urgent : Atomics.load(control, state);
    const chunks = seen >>> 16;
    const chunk = seen & 0xffff;
    if (chunk < chunks) {
      if (Atomics.compareExchange(control, state, seen, seen + 1) !== seen) continue;
      try {
        const given: number[] = [];
        for (let i = 0; i < control[parameterCount]; i++) given.push(parameters[i]);
        const begin = Math.floor((chunk * control[grains]) / chunks);
        const end = Math.floor(((chunk + 1) * control[grains]) / chunks);
        kernels[names[control[kernel]]](...given, begin, end);
      } catch {
        Atomics.store(control, failed, 1);
      }
      Atomics.add(control, done, 1);
      if (Atomics.load(control, ownerSleeps) === 1) Atomics.notify(control, done);
      looks = 0;
      continue;
    }
    looks += 1;
    // A look at the clock takes as long as many at the state.
    if (looks % 64 !== 0) continue;
    const now = performance.now();
    if (looks === 64) idleSince = now;
    if (now - idleSince < spin) continue;
    Atomics.add(first.control, sleepers, 1);
    Atomics.wait(first.control, posted, jobs);
    Atomics.sub(first.control, sleepers, 1);
    looks = 0;
  }
}
