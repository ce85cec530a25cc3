import { builtin } from '../host/builtin.js';
import { heapOf } from '../host/emscripten-heap.js';
import { LOCAL_BYTES, type KernelHost } from '../host/kernel-host.js';
import { selfTest } from '../host/self-test.js';
import { divisionPays } from './division-pays.js';
import { WorkerCrew } from './worker-crew.js';

/** How many threads: a number, or as many as help. */
export type ThreadsRequest = number | 'auto';

/** Most threads of `auto`: the kernels of a small model have too little work for more. Two were measured, no more. */
const MOST_BY_ITSELF = 8;

/**
 * Gives the host as many threads as were asked for; with `auto` those of the machine, unless a measurement shows that
 * they do not help.
 *
 * @param module Compiled for shared memory; the heap of `host` is shared.
 * @returns Why it is as many as it is, one clause.
 */
export async function hireCrew(
  host: KernelHost,
  module: WebAssembly.Module,
  request: ThreadsRequest,
): Promise<string> {
  const threads = request === 'auto' ? Math.min(cores(), MOST_BY_ITSELF) : request;
  if (threads === 1) return request === 'auto' ? 'the host has one core' : 'asked for';
  const { memory } = heapOf(host.backend).asm;
  const allocate = (bytes: number): number => host.allocate(bytes);
  let crew: WorkerCrew;
  try {
    const { exports } = host;
    crew = await WorkerCrew.start({ module, memory, exports, threads, allocate, localBytes: LOCAL_BYTES });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  host.crew = crew;
  const { backend } = host;
  const dispose = backend.dispose.bind(backend);
  backend.dispose = () => {
    crew.stop();
    dispose();
  };
  const wrong = selfTest(host);
  if (wrong !== undefined) {
    dismiss(host, crew);
    return `the self-test with ${threads} threads failed: ${wrong}`;
  }
  if (request !== 'auto') return 'asked for';
  const { pays, speedup } = divisionPays(host);
  const measured = `measured at the start: ${threads} threads are ${speedup.toFixed(2)} times as fast as one`;
  if (!pays) dismiss(host, crew);
  return measured;
}

function dismiss(host: KernelHost, crew: WorkerCrew): void {
  crew.stop();
  host.crew = undefined;
}

function cores(): number {
  return builtin('node:os')?.availableParallelism() ?? globalThis.navigator.hardwareConcurrency;
}
