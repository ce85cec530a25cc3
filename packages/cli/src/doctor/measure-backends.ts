import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { backends, chooseBackend, proveNative, type BackendName } from '@wellfit/backends';
import type { Numerics } from '@wellfit/core';
import { largestWork } from '../run/largest-work.js';
import { FIRST_STEP, type MeasureAnswer, type MeasureRequest } from './measure-protocol.js';
import { measuredExperiment } from './measured-experiment.js';
import type { StepTimes } from './time-steps.js';

/** What one backend took, or why it took nothing. */
export type MeasuredBackend = { readonly backend: BackendName } & (
  ({ readonly detail: string; readonly numerics: Numerics } & StepTimes) | { readonly problem: string }
);

/** What was measured, as `--json` prints it. */
export interface Measurement {
  readonly experiment: string;
  /** The largest, which decides for all. */
  readonly arm: string;
  readonly batchSize: number;
  /** Multiplications of its convolutions in a forward pass over one batch; absent where they are not known. */
  readonly multiplications?: number;
  readonly backends: readonly MeasuredBackend[];
  /** What `auto` takes by its rule, and why. */
  readonly auto: { readonly backend: string; readonly reason: string };
}

/**
 * Times a training step of an experiment's largest arm on each backend that is there.
 *
 * @param reference Undefined for a network on generated images.
 * @param onProgress Told what is being done.
 * @throws As `loadExperiment`; what an abort rejects with.
 */
export async function measureBackends(
  reference: string | undefined,
  cwd: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (backend: string, doing: string) => void },
): Promise<Measurement> {
  const { name, arms, spec } = await measuredExperiment(reference, cwd);
  const work = await largestWork(arms);
  const arm = arms.find((one) => one.name === work?.arm) ?? arms[0];
  const measured: MeasuredBackend[] = [];
  for (const backend of Object.keys(backends) as BackendName[]) {
    signal.throwIfAborted();
    onProgress(backend, 'looking');
    const probe = await (backend === 'native' ? proveNative() : backends[backend]().probe());
    const request = { backend, reference, arm: arm.name, cwd };
    const result = probe.available
      ? await inProcess(request, signal, (doing) => onProgress(backend, doing))
      : { problem: probe.detail };
    measured.push({ backend, ...result });
  }
  const { numerics } = spec;
  const { backend, reason } = await chooseBackend('auto', { numerics, work: () => Promise.resolve(work) });
  return {
    experiment: name,
    arm: arm.name,
    batchSize: arm.batchSize,
    ...(work && { multiplications: work.multiplications }),
    backends: measured,
    auto: { backend: backend.name, reason },
  };
}

/** Seconds after which a first step is given up: what takes so long is no choice. */
const LONGEST_STEP = 30;

type Result = Exclude<MeasureAnswer, { readonly doing: string }>;

/** Measures one backend in a process of its own, since two do not mix in one. */
function inProcess(
  request: MeasureRequest,
  signal: AbortSignal,
  onProgress: (doing: string) => void,
): Promise<Result> {
  // Its own standard output would spoil ours.
  const child = fork(fileURLToPath(new URL('measure-in-child.js', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  // Ctrl-C reaches it by itself; this is for a signal to this process alone.
  const stop = (): unknown => child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  let result: Result | undefined;
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2000)));
  let timer: NodeJS.Timeout | undefined;
  child.on('message', (answer: MeasureAnswer) => {
    clearTimeout(timer);
    if (!('doing' in answer)) return void (result = answer);
    onProgress(answer.doing);
    if (answer.doing !== FIRST_STEP) return;
    timer = setTimeout(() => {
      result = { problem: `a step takes longer than ${LONGEST_STEP} s` };
      stop();
    }, 1000 * LONGEST_STEP);
  });
  child.send(request);
  return new Promise<Result>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, by) => {
      clearTimeout(timer);
      if (signal.aborted) return reject(signal.reason as Error);
      const ended = `its process ended ${by ? `by ${by}` : `with code ${code}`}: ${said.trim().split('\n').at(-1)}`;
      resolve(result ?? { problem: ended });
    });
  }).finally(() => signal.removeEventListener('abort', stop));
}
