import type { Verdict } from '@wellfit/core';
import type { RunFacts } from './run-facts.js';
import type { Thresholds } from './thresholds.js';

/** What a rule weighs facts against. */
export interface Against {
  readonly t: Thresholds;
  /** The loss of guessing, or what stands for it. */
  readonly scale: number;
  /** Lowest validation loss of the best of several arms. */
  readonly best?: number;
}

/** A verdict, when it holds, and the sentence that says why. */
export interface Rule {
  readonly verdict: Verdict;
  readonly holds: (facts: RunFacts, against: Against) => boolean;
  readonly says: (facts: RunFacts, best?: number) => string;
}

/** In their order: the first that holds decides. `docs/verdicts.md` has them in words. */
export const rules: readonly Rule[] = [
  {
    verdict: 'not learning',
    holds: isNotLearning,
    says: (f) =>
      `Training loss went no lower than ${num(f.trainLowest)} from ${num(f.start)} during the first epoch` +
      (f.peakAccuracy === undefined ? '' : `, training accuracy no higher than ${num(f.peakAccuracy)}`) +
      (f.guessing === undefined ? '' : `; guessing has a loss of ${num(f.guessing)}`),
  },
  {
    verdict: 'overtrained',
    holds: (f, against) => isMostlyGap(f, against) && rose(f, against) && !trainingRose(f),
    says: (f) =>
      `Validation loss rose from its lowest, ${num(f.valLowest)} in epoch ${num(f.valLowestEpoch)}, to ` +
      `${num(f.valFinal)}, while training loss went on falling from ${num(f.trainAtLowestVal)} to ${num(f.trainFinal)}`,
  },
  {
    verdict: 'overfit',
    holds: (f, against) =>
      isMostlyGap(f, against) && (isBehind(f, against) || gap(f) > against.t.gap * against.scale),
    says: (f) =>
      `Training loss ended at ${num(f.trainFinal)}, far below validation loss at ${num(f.valFinal)}: a gap of ${num(gap(f))}`,
  },
  {
    // What rose while the training loss fell was overtrained above: here training itself lost what it had.
    verdict: 'underfit',
    holds: (f, against) => rose(f, against) && trainingRose(f),
    says: (f) =>
      `Validation loss rose from its lowest, ${num(f.valLowest)} in epoch ${num(f.valLowestEpoch)}, to ` +
      `${num(f.valFinal)}, and training loss with it, from ${num(f.trainAtLowestVal)} to ${num(f.trainFinal)}`,
  },
  {
    verdict: 'underfit',
    holds: isBehind,
    says: (f, best) =>
      `Validation loss ended at ${num(f.valFinal)}, well above the best arm's lowest, ${num(Number(best))}, ` +
      `with a gap of only ${num(gap(f))}`,
  },
  {
    verdict: 'underfit',
    holds: (f, { t, scale }) => Math.min(f.trainFall, f.valFall) > t.stillFalling * scale,
    says: (f) =>
      `Training and validation loss were still falling at the end, by ${num(f.trainFall)} and ${num(f.valFall)} ` +
      `per epoch, to ${num(f.trainFinal)} and ${num(f.valFinal)}`,
  },
  {
    // Other arms would show what can be reached; alone, a gap that hardly opened says that more could be learned by heart.
    verdict: 'underfit',
    holds: (f, { t, scale, best }) =>
      best === undefined && f.trainFinal > t.left * scale && gap(f) < t.slightGap * f.trainFinal,
    says: (f) =>
      `Training loss ended at ${num(f.trainFinal)}, ` +
      (f.guessing === undefined ? '' : `where guessing has ${num(f.guessing)}, `) +
      `and validation loss close to it, at ${num(f.valFinal)}: the training rows hold more to learn`,
  },
];

/** What is left. */
export const goodFit: Rule = {
  verdict: 'good fit',
  holds: () => true,
  says: (f) =>
    `Validation loss ended at ${num(f.valFinal)}, near its lowest, ${num(f.valLowest)} in epoch ` +
    `${num(f.valLowestEpoch)}, with a gap of ${num(gap(f))} to the training loss`,
};

function gap({ valFinal, trainFinal }: RunFacts): number {
  return valFinal - trainFinal;
}

/** The lowest validation loss that is known of the data. */
function lowestKnown({ valLowest }: RunFacts, { best = valLowest }: Against): number {
  return Math.min(best, valLowest);
}

/** What there is to learn: from guessing down to the lowest validation loss that is known. */
function learnable(facts: RunFacts, against: Against): number {
  const { t, scale } = against;
  return Math.max(scale - lowestKnown(facts, against), t.leastToLearn * scale);
}

/**
 * What a run ends behind the lowest validation loss that is known is (validation - training loss), what was lost between
 * training rows and new ones, and (training loss - lowest), what was not even learned: whether the first is the larger.
 */
function isMostlyGap(facts: RunFacts, against: Against): boolean {
  const lost = facts.valFinal - lowestKnown(facts, against);
  return gap(facts) > 0 && gap(facts) > against.t.gapOfLost * lost;
}

/** Whether the validation loss ended well above its lowest. */
function rose(facts: RunFacts, against: Against): boolean {
  return facts.valFinal - facts.valLowest > against.t.lost * learnable(facts, against);
}

/** Whether the training loss ended no lower than where the validation loss was lowest. */
function trainingRose({ trainFinal, trainAtLowestVal }: RunFacts): boolean {
  return trainFinal >= trainAtLowestVal;
}

/** Whether the validation loss ended well above the best arm's lowest. */
function isBehind(facts: RunFacts, against: Against): boolean {
  const { t, best } = against;
  return best !== undefined && facts.valFinal - best > t.lost * learnable(facts, against);
}

function isNotLearning(facts: RunFacts, { t }: Against): boolean {
  const { guessing, trainLowest, valLowest } = facts;
  if (guessing === undefined) return isFlat(facts, t) || isAtChance(facts, t);
  return (
    trainLowest >= (1 - t.trainBelowGuessing) * guessing &&
    valLowest >= (1 - t.valBelowGuessing) * guessing &&
    !becameAccurate(facts, t.accuracyRise)
  );
}

function isFlat(facts: RunFacts, t: Thresholds): boolean {
  return facts.trainLowest >= (1 - t.noFall) * facts.start && !becameAccurate(facts, t.noRise);
}

/** A model that always guesses among k balanced classes has loss ln k and accuracy 1/k. */
function isAtChance(facts: RunFacts, t: Thresholds): boolean {
  const { trainLowest, accuracyAtLowestTrain: accuracy } = facts;
  if (accuracy === undefined || accuracy > t.chanceAccuracy) return false;
  const guessing = Math.exp(-trainLowest);
  if (accuracy <= t.chanceRatio * guessing) return true;
  // A loss far above ln k says nothing for the model: it may come down for ever and the guesses stay guesses.
  return accuracy >= guessing && !becameAccurate(facts, t.noRise);
}

function becameAccurate({ firstAccuracy, peakAccuracy }: RunFacts, rise: number): boolean {
  if (firstAccuracy === undefined || peakAccuracy === undefined) return false;
  return peakAccuracy - firstAccuracy >= rise;
}

/** Three significant digits, and integers whole. */
function num(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
