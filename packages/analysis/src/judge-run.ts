import type { History, Verdict } from '@wellfit/core';
import { runFacts, type RunFacts } from './run-facts.js';
import { thresholds as t } from './thresholds.js';

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
  /** Mean lowest validation loss, without penalty, of the best arm. */
  readonly bestValLoss?: number;
  /** The smallest starting loss of any run. */
  readonly smallestStart?: number;
}

/** Applies the rules of `docs/verdicts.md`, in their order; the first that fits decides. */
export function judgeRun(
  history: History,
  { bestValLoss, smallestStart = Infinity }: Beside = {},
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
  const facts = runFacts(history);
  // Bad initial weights start so high that every distance would look small beside it.
  const scale = facts ? Math.min(facts.start, t.inflated * smallestStart) : 0;
  if (!facts) return without('inconclusive', 'No validation loss was logged');
  const rule = rules.find(({ holds }) => holds(facts, scale, bestValLoss)) ?? goodFit;
  return {
    verdict: rule.verdict,
    facts,
    evidence: (shown) => rule.says(shown ?? facts, bestValLoss),
  };
}

interface Rule {
  readonly verdict: Verdict;
  /** @param scale What distances are measured in shares of. */
  readonly holds: (facts: RunFacts, scale: number, best?: number) => boolean;
  readonly says: (facts: RunFacts, best?: number) => string;
}

const rules: readonly Rule[] = [
  {
    verdict: 'not learning',
    holds: (f) => isFlat(f) || isAtChance(f),
    says: (f) =>
      `Training loss went no lower than ${num(f.trainLowest)} from ${num(f.start)} during the first epoch` +
      (f.peakAccuracy === undefined ? '' : `, training accuracy no higher than ${num(f.peakAccuracy)}`),
  },
  {
    verdict: 'overtrained',
    holds: (f, scale) =>
      f.valFinal > (1 + t.rise) * f.valLowest &&
      counts(f.valFinal - f.valLowest, scale) &&
      f.trainFinal < f.trainAtLowestVal,
    says: (f) =>
      `Validation loss rose from its lowest, ${num(f.valLowest)} in epoch ${num(f.valLowestEpoch)}, to ` +
      `${num(f.valFinal)}, while training loss went on falling from ${num(f.trainAtLowestVal)} to ${num(f.trainFinal)}`,
  },
  {
    verdict: 'overfit',
    holds: (f, scale) => gap(f) > t.gap * f.valFinal && counts(gap(f), scale),
    says: (f) =>
      `Training loss ended at ${num(f.trainFinal)}, far below validation loss at ${num(f.valFinal)}: a gap of ${num(gap(f))}`,
  },
  {
    verdict: 'underfit',
    holds: (f, scale) => Math.min(f.trainFall, f.valFall) > t.stillFalling * scale,
    says: (f) =>
      `Training and validation loss were still falling at the end, by ${num(f.trainFall)} and ${num(f.valFall)} ` +
      `per epoch, to ${num(f.trainFinal)} and ${num(f.valFinal)}`,
  },
  {
    verdict: 'underfit',
    holds: (f, scale, best) =>
      best !== undefined && f.valLowest > (1 + t.behind) * best && counts(f.valLowest - best, scale),
    says: (f, best) =>
      `Validation loss went no lower than ${num(f.valLowest)}, well above the best arm's ${num(Number(best))}, ` +
      `with a gap of only ${num(gap(f))}`,
  },
];

const goodFit: Rule = {
  verdict: 'good fit',
  holds: () => true,
  says: (f) =>
    `Validation loss ended at ${num(f.valFinal)}, near its lowest, ${num(f.valLowest)} in epoch ` +
    `${num(f.valLowestEpoch)}, with a gap of ${num(gap(f))} to the training loss`,
};

function without(verdict: Verdict, sentence: string): Judgement {
  return { verdict, evidence: () => sentence };
}

function gap({ valFinal, trainFinal }: RunFacts): number {
  return valFinal - trainFinal;
}

function counts(distance: number, scale: number): boolean {
  return distance > t.floor * scale;
}

function isFlat(facts: RunFacts): boolean {
  return facts.trainLowest >= (1 - t.noFall) * facts.start && !rose(facts);
}

/** A model that always guesses among k balanced classes has loss ln k and accuracy 1/k. */
function isAtChance(facts: RunFacts): boolean {
  const { trainLowest, accuracyAtLowestTrain: accuracy } = facts;
  if (accuracy === undefined || accuracy > t.chanceAccuracy) return false;
  const guessing = Math.exp(-trainLowest);
  if (accuracy <= t.chanceRatio * guessing) return true;
  // A loss far above ln k says nothing for the model: it may come down for ever and the guesses stay guesses.
  return accuracy >= guessing && !rose(facts);
}

function rose({ firstAccuracy, peakAccuracy }: RunFacts): boolean {
  if (firstAccuracy === undefined || peakAccuracy === undefined) return false;
  return peakAccuracy - firstAccuracy >= t.noRise;
}

/** Three significant digits, and integers whole. */
function num(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
