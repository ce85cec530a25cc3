import type { RunStatus } from '@wellfit/core';
import type { RunRecord } from '../experiment-record.js';

/** A run as it is shown: `running` where it goes on. */
export interface ShownRun extends Omit<RunRecord, 'status'> {
  readonly status: RunStatus | 'running';
}

/**
 * A record knows no run that goes on: one without its end counts as cancelled there.
 *
 * @param isRunning Whether a process is at work on the experiment.
 */
export function shownRun(run: RunRecord, isRunning: boolean): ShownRun {
  return isRunning && run.durationMs === undefined ? { ...run, status: 'running', reason: 'goes on' } : run;
}
