import type { Logs, RunStatus } from '../contracts/events.js';

/** Why training ended. */
export interface Ending {
  readonly status: RunStatus;
  readonly reason: string;
}

/** Thrown to leave an evaluation early. */
export class GivenUp extends Error {
  constructor(readonly ending: Ending) {
    super(ending.reason);
  }
}

/** Tells an ending from the logs that are there where training goes on. */
export function isEnding(result: Logs | Ending): result is Ending {
  return typeof result.status === 'string';
}

/** The end of a run whose numbers left what can be computed with. */
export function diverged(reason: string): Ending {
  return { status: 'diverged', reason };
}
