import type { History, Verdict } from '@wellfit/core';
import { runFacts, type RunFacts } from './run-facts.js';
import { thresholds, type Thresholds } from './thresholds.js';

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
  /** The starting losses of all runs. */
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
  const scale = starts.length > 0 ? typicalStart(starts, t) : facts.scale;
  const rule = rules.find(({ holds }) => holds(facts, { t, scale, best: bestValLoss })) ?? goodFit;
  return {
    verdict: rule.verdict,
    facts,
    evidence: (shown) => rule.says(shown ?? facts, bestValLoss),
  };
}

/** What a rule weighs facts against. */
interface Against {
  readonly t: Thresholds;
  /** What distances are measured in shares of. */
  readonly scale: number;
  readonly best?: number;
}

interface Rule {
  readonly verdict: Verdict;
  readonly holds: (facts: RunFacts, against: Against) => boolean;
  readonly says: (facts: RunFacts, best?: number) => string;
}

const rules: readonly Rule[] = [
  {
    verdict: 'not learning',
    holds: (f, { t }) => isFlat(f, t) || isAtChance(f, t),
    says: (f) =>
      `Training loss went no lower than ${num(f.trainLowest)} from ${num(f.start)} during the first epoch` +
      (f.peakAccuracy === undefined ? '' : `, training accuracy no higher than ${num(f.peakAccuracy)}`),
  },
  {
    verdict: 'overtrained',
    holds: (f, against) => rose(f, against) && f.trainFinal < f.trainAtLowestVal,
    says: (f) =>
      `Validation loss rose from its lowest, ${num(f.valLowest)} in epoch ${num(f.valLowestEpoch)}, to ` +
      `${num(f.valFinal)}, while training loss went on falling from ${num(f.trainAtLowestVal)} to ${num(f.trainFinal)}`,
  },
  {
    verdict: 'overfit',
    holds: (f, { t, scale }) =>
      gap(f) > t.gap * f.valFinal &&
      gap(f) > t.gapOfLearned * (scale - f.valLowest) &&
      gap(f) > t.floor * scale,
    says: (f) =>
      `Training loss ended at ${num(f.trainFinal)}, far below validation loss at ${num(f.valFinal)}: a gap of ${num(gap(f))}`,
  },
  {
    // What rose while the training loss fell was overtrained above: here training itself lost what it had.
    verdict: 'underfit',
    holds: rose,
    says: (f) =>
      `Validation loss rose from its lowest, ${num(f.valLowest)} in epoch ${num(f.valLowestEpoch)}, to ` +
      `${num(f.valFinal)}, and training loss with it, from ${num(f.trainAtLowestVal)} to ${num(f.trainFinal)}`,
  },
  {
    verdict: 'underfit',
    holds: (f, { t, scale }) => Math.min(f.trainFall, f.valFall) > t.stillFalling * scale,
    says: (f) =>
      `Training and validation loss were still falling at the end, by ${num(f.trainFall)} and ${num(f.valFall)} ` +
      `per epoch, to ${num(f.trainFinal)} and ${num(f.valFinal)}`,
  },
  {
    verdict: 'underfit',
    holds: (f, { t, scale, best }) =>
      best !== undefined && f.valLowest > (1 + t.behind) * best && f.valLowest - best > t.floor * scale,
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

function gap({ valFinal, trainFinal }: RunFacts): number {
  return valFinal - trainFinal;
}

/** Whether the validation loss ended well above its lowest. */
function rose({ valFinal, valLowest }: RunFacts, { t, scale }: Against): boolean {
  return valFinal > (1 + t.rise) * valLowest && valFinal - valLowest > t.floor * scale;
}

function isFlat(facts: RunFacts, t: Thresholds): boolean {
  return facts.trainLowest >= (1 - t.noFall) * facts.start && !becameAccurate(facts, t);
}

/** A model that always guesses among k balanced classes has loss ln k and accuracy 1/k. */
function isAtChance(facts: RunFacts, t: Thresholds): boolean {
  const { trainLowest, accuracyAtLowestTrain: accuracy } = facts;
  if (accuracy === undefined || accuracy > t.chanceAccuracy) return false;
  const guessing = Math.exp(-trainLowest);
  if (accuracy <= t.chanceRatio * guessing) return true;
  // A loss far above ln k says nothing for the model: it may come down for ever and the guesses stay guesses.
  return accuracy >= guessing && !becameAccurate(facts, t);
}

function becameAccurate({ firstAccuracy, peakAccuracy }: RunFacts, { noRise }: Thresholds): boolean {
  if (firstAccuracy === undefined || peakAccuracy === undefined) return false;
  return peakAccuracy - firstAccuracy >= noRise;
}

/** Three significant digits, and integers whole. */
function num(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
