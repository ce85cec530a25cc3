import type { Host } from '../host.js';
import { Interruption } from './interruption.js';

/**
 * Does work that Ctrl-C ends between two batches.
 *
 * @returns The exit code: what `work` returns, or that of the signal.
 */
export async function interruptible(
  host: Host,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const interruption = new Interruption(host);
  try {
    return await work(interruption.signal);
  } catch (error) {
    if (interruption.code === undefined) throw error;
    return interruption.code;
  } finally {
    interruption.sayWhy();
    interruption.stop();
  }
}
