import type { Host } from '../host.js';

/**
 * Says it where more runs at a time were asked for than there will be: TensorFlow's native library has threads of its own, so
 * that runs come one after the other.
 *
 * @param jobs As the user wants it.
 * @param backend The one that computes.
 */
export function sayJobs(jobs: number | 'auto', backend: string, { stderr }: Pick<Host, 'stderr'>): void {
  if (jobs === 'auto' || jobs === 1 || backend !== 'native') return;
  stderr.write(
    `note: runs are trained one at a time, not ${jobs}: the backend native takes all cores for each; --backend wasm trains several\n`,
  );
}
