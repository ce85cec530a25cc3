import type { ExperimentEvent, Numerics } from '@wellfit/core';
import { ReporterError } from './errors.js';

type Start = Extract<ExperimentEvent, { readonly type: 'experiment:start' }>;

/** What computed, in a few words: `wasm`, or `wasm, 2 threads, fast numerics`. */
export function backendText({ backend, backendDetail, numerics }: Start): string {
  const parts = [backend, backendDetail, numerics === 'fast' ? 'fast numerics' : undefined];
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
      `compared. ${first === 'stock' ? 'Remove it from the folder' : `Run it again with --numerics ${first}`}.`,
  );
}
