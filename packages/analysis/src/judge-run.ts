import type { History, Verdict } from '@wellfit/core';
import { runFacts, type RunFacts } from './run-facts.js';
import { thresholds, type Thresholds } from './thresholds.js';
import { goodFit, rules } from './verdict-rules.js';

/** A verdict, and how to say what it is based on. */
export interface Judgement {
  readonly verdict: Verdict;
  /** What the sentence is about; absent where the run has no curve to judge. */
  readonly facts?: RunFacts;
  /** One sentence without its full stop; of mean facts it tells of several runs. */
  readonly evidence: (facts: RunFacts | undefined) => string;
}

/** What a run is judged beside: the arms of its experiment on the same dataset. */
export interface Beside {
  /** Mean lowest validation loss, without penalty, of the best arm; absent where there is no other arm than the run's. */
  readonly bestValLoss?: number;
  /** The starting losses of all runs: the scale where the loss of guessing was not recorded. */
  readonly starts?: readonly number[];
}

/**
 * Applies the rules of `docs/verdicts.md`, in their order; the first that fits decides.
 *
 * @param t Others are tried where thresholds are calibrated.
 */
export function judgeRun(
  history: History,
  { bestValLoss, starts = [] }: Beside = {},
  t: Thresholds = thresholds,
): Judgement {
  const { status, reason, epochs } = history;
  if (status === 'diverged') return without('diverged', `Run diverged: ${reason}`);
  if (status === 'cancelled' || status === 'failed')
    return without('inconclusive', `Run ${status}: ${reason}`);
  if (epochs.length < t.minEpochs) {
    return without(
      'inconclusive',
      `${epochs.length} finished of the ${t.minEpochs} epochs that a verdict needs`,
    );
  }
  const facts = runFacts(history, t);
  if (!facts) return without('inconclusive', 'No validation loss was logged');
  const scale = facts.guessing ?? (starts.length > 0 ? typicalStart(starts, t) : facts.startingLoss);
  const rule = rules.find(({ holds }) => holds(facts, { t, scale, best: bestValLoss })) ?? goodFit;
  return {
    verdict: rule.verdict,
    facts,
    evidence: (shown) => rule.says(shown ?? facts, bestValLoss),
  };
}

/**
 * The lower median: a run that learns much in its first epoch starts low, and bad initial weights start so high that every
 * distance would look small beside it.
 */
function typicalStart(starts: readonly number[], { inflated }: Thresholds): number {
  const sorted = [...starts].sort((a, b) => a - b);
  return Math.min(sorted[Math.floor((sorted.length - 1) / 2)], inflated * sorted[0]);
}

function without(verdict: Verdict, sentence: string): Judgement {
  return { verdict, evidence: () => sentence };
}
