import type { ExperimentEvent, Numerics } from '@wellfit/core';
import { ReporterError } from './errors.js';

type Start = Extract<ExperimentEvent, { readonly type: 'experiment:start' }>;

/** What computed, in a few words: `wasm`, or `wasm, 2 threads, fast numerics`, or `wasm, 1 thread, 2 runs at a time`. */
export function backendText({ backend, backendDetail, numerics, jobs = 1 }: Start): string {
  const atATime = jobs > 1 ? `${jobs} runs at a time` : undefined;
  const parts = [backend, backendDetail, numerics === 'fast' ? 'fast numerics' : undefined, atATime];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

/**
 * Refuses to set results side by side, bit by bit or in one report, that were computed with different numerics.
 *
 * @param place Where the second comes from, for the message.
 * @throws ReporterError `mixed-numerics`.
 */
export function checkSameNumerics(first: Numerics, second: Numerics, place: string): void {
  if (first === second) return;
  throw new ReporterError(
    'mixed-numerics',
    `${place} was computed with ${second} numerics, the rest with ${first}: their last bits differ, so they are not ` +
      `compared. ${remedies[first]}.`,
  );
}

const remedies: Readonly<Record<Numerics, string>> = {
  exact: 'Run it again with --numerics exact',
  fast: 'Run it again with --numerics fast',
  stock: 'Remove it from the folder',
  native: 'Run it again with --backend native',
};

/** How far results of these numerics can be repeated, a sentence for reports. */
export const numericsText: Readonly<Record<Numerics, string>> = {
  exact: 'Exact numerics: the same specification, seed and backend give the same bits on every host.',
  fast: 'Fast numerics: the last bits differ from host to host.',
  stock: 'The stock kernels of TensorFlow.js: the last bits may differ from host to host.',
  native:
    'Native numerics: the last bits differ from those of other backends, and between versions and builds of TensorFlow and ' +
    'processors. Results agree with those of other backends within rounding, not bit for bit.',
};
