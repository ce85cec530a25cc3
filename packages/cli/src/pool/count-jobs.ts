import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { workerFile } from './worker-file.js';

/** Memory that a run may need in its own thread, as far as nothing is known of its model. */
const BYTES_A_RUN = 2 ** 30;

/** What decides how many runs are trained at a time. */
export interface JobsRequest {
  /** What the user wants. */
  readonly jobs: number | 'auto';
  readonly threads: number | 'auto';
  /** Runs that are left to train. */
  readonly runs: number;
  /** As asked for. */
  readonly backend: string;
  readonly cores?: number;
  /** Free memory in bytes. */
  readonly memory?: number;
}

/** How many runs at a time, and kernel threads for each. */
export interface Jobs {
  readonly jobs: number;
  readonly threads: number | 'auto';
}

/**
 * Shares the cores: many runs get one thread each, a single run gets all of them. By default there are as many runs at a
 * time as there are cores, one for each free gigabyte at most; TensorFlow's native library has threads of its own, so
 * with it there is one.
 */
export function countJobs({ jobs, threads, runs, backend, cores, memory }: JobsRequest): Jobs {
  const all = cores ?? availableParallelism();
  const room = Math.floor((memory ?? process.availableMemory()) / BYTES_A_RUN);
  // From sources, as in tests, there is no file that a thread could run.
  const most = backend === 'native' || !existsSync(workerFile) ? 1 : Math.min(all, room);
  const count = Math.max(1, Math.min(runs, jobs === 'auto' ? most : jobs));
  if (count === 1 || threads !== 'auto') return { jobs: count, threads };
  return { jobs: count, threads: Math.max(1, Math.floor(all / count)) };
}

/** Threads for the kernels of this thread: where others train, it computes next to nothing. */
export function threadsHere({ jobs, threads }: Jobs): number | 'auto' {
  return jobs > 1 ? 1 : threads;
}
