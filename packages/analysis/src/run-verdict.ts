import type { History, Verdict } from '@wellfit/core';
import { judgeRun } from './judge-run.js';

/** What the curves of one run say. */
export interface RunVerdict {
  readonly verdict: Verdict;
  /** One sentence with the numbers that led to the verdict. */
  readonly evidence: string;
}

/** What {@link runVerdict} may compare a run with. */
export interface RunVerdictOptions {
  /** Lowest validation loss, without penalty, that another model reached on the same data. */
  readonly bestValLoss?: number;
}

/**
 * Says how well the model of one run fits, by the rules of `docs/verdicts.md`. The curve that was trained is judged,
 * whatever weights were restored at its end.
 *
 * @example
 * runVerdict(history, { bestValLoss: 0.32 }); // { verdict: 'overtrained', evidence: 'Validation loss rose ...' }
 */
export function runVerdict(history: History, { bestValLoss }: RunVerdictOptions = {}): RunVerdict {
  const { verdict, facts, evidence } = judgeRun(history, { bestValLoss });
  return { verdict, evidence: `${evidence(facts)}.` };
}
