import type { Host } from '../host.js';
import { Interruption } from './interruption.js';

/**
 * Does work that Ctrl-C ends, by default between two batches.
 *
 * @param notice What is said at once; empty where the work says it itself when it has ended.
 * @returns The exit code: what `work` returns, or that of the signal.
 */
export async function interruptible(
  host: Host,
  work: (signal: AbortSignal) => Promise<number>,
  notice?: string,
): Promise<number> {
  const interruption = new Interruption(host, notice);
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
