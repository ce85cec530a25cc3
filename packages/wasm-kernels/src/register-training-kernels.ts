import { version_wasm, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { KernelError } from './errors.js';
import { compileKernels, type CompiledKernels, type Numerics } from './host/compile-kernels.js';
import { guardAllocations, heapOf } from './host/emscripten-heap.js';
import type { KernelExports } from './host/kernel-exports.js';
import { KernelHost } from './host/kernel-host.js';
import { selfTest } from './host/self-test.js';
import { addHost } from './hosts.js';
import { registerKernels } from './register-kernels.js';
import { runningBackend, startBackend } from './start-backend.js';
import { hireCrew, type ThreadsRequest } from './threads/hire-crew.js';

/** The version whose internals this package knows. */
const KNOWN_VERSION = '4.22.0';

/** Options of {@link registerTrainingKernels}. */
export interface TrainingKernelOptions {
  /**
   * How many threads compute, 1 to 64; `auto`, the default, takes those of the machine if a measurement shows that they
   * help. More than one needs a heap that can be shared, so this function has to start the backend itself, and in a
   * browser the page has to be cross-origin isolated. Results have the same bits for any number.
   */
  readonly threads?: ThreadsRequest;
  /** How kernels round. Default: `exact`. */
  readonly numerics?: Numerics;
  /** Where the binaries of TensorFlow.js lie, as in its `setWasmPaths`; needed in browsers, unless the backend runs. */
  readonly wasmPath?: string;
}

/** What {@link registerTrainingKernels} did. */
export interface TrainingKernels {
  /** False where TensorFlow.js goes on with its own kernels: `warning` says why. */
  readonly active: boolean;
  readonly threads: number;
  readonly numerics: Numerics;
  /** Why it is this number of threads, one clause. */
  readonly reason: string;
  /** What is not as asked for and should be shown to the user, one sentence. */
  readonly warning?: string;
}

/** What was done to a backend; a backend that is started anew is another object. */
const results = new WeakMap<BackendWasm, Promise<TrainingKernels>>();

/** The start that others who ask meanwhile wait for too. */
let starting: Promise<string | undefined> | undefined;

/**
 * Gives the `wasm` backend of TensorFlow.js kernels with which it trains at the speed of the hardware: in place of
 * those that are slow or wrong, and those that it lacks. A stock `model.fit` becomes faster, and trains convolutions.
 *
 * Starts the backend and makes it current, unless it was started before. Tests the kernels first; where they compute
 * anything wrong, or the version of TensorFlow.js is not the one they were made for, nothing is registered. Calling it
 * again does nothing, and says again what was done.
 *
 * @throws KernelError `bad-option`, `no-backend` where the backend does not start, `kernels-missing` where the module
 *   cannot be read.
 * @example
 * import { registerTrainingKernels } from '@wellfit/wasm-kernels';
 *
 * const { threads, reason } = await registerTrainingKernels();
 */
export async function registerTrainingKernels(options: TrainingKernelOptions = {}): Promise<TrainingKernels> {
  const { threads = 'auto', numerics = 'exact', wasmPath } = options;
  checkOptions(options);
  const known = String(version_wasm) === KNOWN_VERSION;
  let unshared = 'the backend was started before, on a heap of its own';
  if (!runningBackend()) {
    starting ??= startBackend(known && threads !== 1, wasmPath).finally(() => (starting = undefined));
    unshared = (await starting) ?? unshared;
  }
  const backend = runningBackend()!;
  const before = results.get(backend);
  if (before) return withWarning(await before, options);
  const result = known ? register(backend, threads, numerics, unshared) : unknown();
  results.set(backend, result);
  return withWarning(await result, options);
}

async function register(
  backend: BackendWasm,
  threads: ThreadsRequest,
  numerics: Numerics,
  unshared: string,
): Promise<TrainingKernels> {
  const heap = heapOf(backend);
  guardAllocations(heap);
  const { memory } = heap.asm;
  const shared = Object.prototype.toString.call(memory.buffer) === '[object SharedArrayBuffer]';
  let compiled: CompiledKernels;
  try {
    compiled = await compileKernels(numerics, shared);
  } catch (error) {
    if (error instanceof KernelError) throw error;
    return inactive(
      `their file is damaged or this host has no SIMD: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const { module, warning } = compiled;
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const host = new KernelHost(backend, instance.exports as unknown as KernelExports);
  const wrong = selfTest(host);
  if (wrong !== undefined) return inactive(`their self-test failed: ${wrong}`);
  const reason = shared ? await hireCrew(host, module, threads) : threads === 1 ? 'asked for' : unshared;
  addHost(host);
  registerKernels();
  return {
    active: true,
    threads: host.crew?.threads ?? 1,
    numerics: compiled.numerics,
    reason,
    ...(warning && { warning }),
  };
}

/** Says what is not as this call asked for; a first call may have asked for something else. */
function withWarning(result: TrainingKernels, { threads, numerics }: TrainingKernelOptions): TrainingKernels {
  if (!result.active || result.warning) return result;
  const missed: string[] = [];
  if (typeof threads === 'number' && threads !== result.threads) {
    missed.push(`threads: ${result.threads} instead of ${threads}`);
  }
  if (numerics !== undefined && numerics !== result.numerics) {
    missed.push(`numerics: ${result.numerics} instead of ${numerics}`);
  }
  if (missed.length === 0) return result;
  const why = result.reason === 'asked for' ? 'the kernels were registered before' : result.reason;
  return { ...result, warning: `The training kernels run with ${missed.join(' and ')}: ${why}.` };
}

function inactive(why: string): TrainingKernels {
  const warning = `The training kernels are off, ${why}. TensorFlow.js goes on with its own, which train slowly.`;
  return { active: false, threads: 1, numerics: 'exact', reason: 'TensorFlow.js has no others', warning };
}

function unknown(): Promise<TrainingKernels> {
  const why = `they are made for @tensorflow/tfjs-backend-wasm ${KNOWN_VERSION}, and version ${version_wasm} is installed`;
  return Promise.resolve(inactive(why));
}

function checkOptions(options: TrainingKernelOptions): void {
  const { threads = 'auto', numerics = 'exact', ...others } = options as Record<string, unknown>;
  const unknownOption = Object.keys(others).find((name) => name !== 'wasmPath');
  if (unknownOption !== undefined) {
    throw new KernelError(
      'bad-option',
      `There is no option ${unknownOption}: there are threads, numerics and wasmPath.`,
    );
  }
  const count = typeof threads === 'number' && Number.isInteger(threads) && threads >= 1 && threads <= 64;
  if (threads !== 'auto' && !count) {
    throw new KernelError(
      'bad-option',
      `threads must be auto or a whole number from 1 to 64, got ${JSON.stringify(threads)}.`,
    );
  }
  if (numerics !== 'exact' && numerics !== 'fast') {
    throw new KernelError('bad-option', `numerics must be exact or fast, got ${JSON.stringify(numerics)}.`);
  }
}
