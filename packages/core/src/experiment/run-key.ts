import type { RunScope } from '../contracts/events.js';

/** One text for each run of an experiment, for maps: no two runs have the same, whatever their arms are called. */
export function runKey({ arm, seed }: RunScope): string {
  return JSON.stringify([arm, seed]);
}
